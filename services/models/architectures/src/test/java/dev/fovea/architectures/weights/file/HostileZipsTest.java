package dev.fovea.architectures.weights.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.fovea.architectures.weights.WeightTensor;
import dev.fovea.architectures.weights.WeightsException;
import dev.fovea.architectures.weights.file.PickleBytes.Declared;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Zip archives made to burst or to deceive.
class HostileZipsTest {

    private static final byte[] PICKLE = PickleBytes.checkpoint(Declared.of("w", "FloatStorage", "0", 4, List.of(4L)));
    private static final byte[] FOUR = TorchFiles.floats(1, 2, 3, 4);
    /// The files are below 50 kB; classes loaded on the way count too.
    private static final long MAX_ALLOCATION = 16L << 20;

    private final Path folder;

    HostileZipsTest(@TempDir Path folder) {
        this.folder = folder;
    }

    static Stream<Arguments> archives() {
        return Stream.of(
                argumentSet("no entries", new ZipBytes(), "zip archive of 0 entries with 0 files data.pkl"),
                argumentSet("another kind", new ZipBytes().add("word/document.xml", "x"), "with 0 files data.pkl"),
                argumentSet("two pickles", whole().add("b/data.pkl", PICKLE), "with 2 files data.pkl"),
                argumentSet("a program", whole().add("a/constants.pkl", "x"), "is a TorchScript archive"),
                argumentSet("no storage", new ZipBytes().add("a/data.pkl", PICKLE), "no entry \"a/data/0\""),
                argumentSet(
                        "a short storage",
                        pickled().add("a/data/0", "12345678"),
                        "storage \"0\" of 4 elements of 4 bytes has 8 bytes"),
                argumentSet(
                        "a storage of half an element",
                        pickled().add("a/data/0", "12345678901234567"),
                        "storage \"0\" of 4 elements of 4 bytes has 17 bytes"),
                argumentSet(
                        "a strange byte order",
                        whole().add("a/byteorder", "middle"),
                        "byte order \"middle\" is neither little nor big"),
                argumentSet(
                        "a bomb",
                        whole().deflated("a/data/1", new byte[30_000]),
                        "to 30000 bytes, at most 100 times as many are read"),
                argumentSet(
                        "a declared bomb",
                        whole().deflated("a/data/1", FOUR)
                                .declare(entry -> entry.sized(entry.compressed(), 0xFFFF_FFF0L)),
                        "to 4294967280 bytes, at most 100 times as many are read"),
                argumentSet("the same name twice", whole().add("a/data/0", FOUR), "\"a/data/0\" is there twice"),
                argumentSet("the same bytes twice", whole().again(entry -> entry), "shares bytes with another"),
                argumentSet(
                        "bytes within another's",
                        whole().again(entry -> entry.at(entry.local() + 1)),
                        "shares bytes with another, which ends at byte"),
                argumentSet(
                        "no header where it should be",
                        whole().declare(entry -> entry.at(entry.local() + 1)),
                        "has no header at byte"),
                argumentSet(
                        "another name in its header",
                        whole().declare(entry -> entry.named("a/data/1")),
                        "is called \"a/data/0\" in its header"),
                argumentSet(
                        "bytes of the directory",
                        whole().declare(entry -> entry.sized(100, 100)),
                        "of 100 bytes at byte 320 leaves the 352 bytes there are"),
                argumentSet(
                        "bytes behind the end", whole().declare(entry -> entry.sized(1 << 30, 1 << 30)), "leaves the"),
                argumentSet("a header behind the end", whole().declare(entry -> entry.at(1 << 30)), "truncated"),
                argumentSet("an encrypted entry", whole().declare(entry -> entry.as(1, 0)), "is encrypted"),
                argumentSet("another method", whole().declare(entry -> entry.as(0, 12)), "method 12"),
                argumentSet(
                        "stored in another size",
                        whole().declare(entry -> entry.sized(16, 32)),
                        "method 0, 16 bytes for 32"),
                argumentSet("more entries than lines", whole().counting(60_000), "truncated"));
    }

    @ParameterizedTest
    @MethodSource("archives")
    void refusesArchivesThatDeceive(ZipBytes archive, String problem) {
        Path file = TorchFiles.write(folder, "net.pt", archive.bytes());

        long allocated = Allocation.during(() -> assertThatThrownBy(() -> WeightFile.open(file))
                .isInstanceOf(WeightsException.class)
                .hasMessageStartingWith("net.pt: ")
                .hasMessageContaining(problem));

        assertThat(allocated).isLessThan(MAX_ALLOCATION);
    }

    @Test
    void refusesAStorageThatInflatesToLessThanDeclared() {
        byte[] archive = pickled()
                .deflated("a/data/0", TorchFiles.floats(1, 2))
                .declare(entry -> entry.sized(entry.compressed(), 16))
                .bytes();
        WeightTensor tensor = tensor(archive);

        assertThatThrownBy(tensor::values)
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining("net.pt: ends at byte 8, 16 are declared");
    }

    @Test
    void readsNoMoreThanDeclaredOfAStorageThatInflatesFurther() {
        byte[] archive = pickled()
                .deflated("a/data/0", new byte[2000])
                .declare(entry -> entry.sized(entry.compressed(), 16))
                .bytes();

        assertThat(tensor(archive).values()).containsExactly(0, 0, 0, 0);
    }

    @Test
    void refusesADamagedDeflatedStorage() {
        byte[] archive = pickled()
                .add("a/data/0", new byte[] {-1, -1, -1, -1})
                .declare(entry -> entry.as(0, 8).sized(4, 16))
                .bytes();

        assertThatThrownBy(tensor(archive)::values)
                .isInstanceOf(WeightsException.class)
                .hasMessageStartingWith("net.pt: cannot be read: ");
    }

    @Test
    void refusesAnArchiveOfTooManyEntries() {
        byte[] archive = whole().bytes64();
        int end = archive.length - 22 - 20 - 56;
        archive[end + 32] = -1;
        archive[end + 34] = 127;

        assertThatThrownBy(() -> WeightFile.open(TorchFiles.write(folder, "net.pt", archive)))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining("entries, at most 100000 are read");
    }

    private WeightTensor tensor(byte[] archive) {
        return WeightFile.open(TorchFiles.write(folder, "net.pt", archive))
                .find("w")
                .orElseThrow();
    }

    private static ZipBytes pickled() {
        return new ZipBytes().add("a/data.pkl", PICKLE);
    }

    private static ZipBytes whole() {
        return pickled().add("a/data/0", FOUR);
    }
}
