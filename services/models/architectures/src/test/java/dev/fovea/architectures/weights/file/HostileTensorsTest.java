package dev.fovea.architectures.weights.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.fovea.architectures.weights.WeightsException;
import dev.fovea.architectures.weights.file.PickleBytes.Declared;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Tensors that declare what is not there.
class HostileTensorsTest {

    private static final long HUGE = 1L << 40;
    /// The files are below 50 kB; classes loaded on the way count too.
    private static final long MAX_ALLOCATION = 16L << 20;

    private final Path folder;

    HostileTensorsTest(@TempDir Path folder) {
        this.folder = folder;
    }

    static Stream<Arguments> tensors() {
        return Stream.of(
                argumentSet(
                        "a terabyte",
                        tensor(HUGE, 0, List.of(HUGE), List.of(1L)),
                        "storage \"0\" of 1099511627776 elements of 4 bytes has 16 bytes"),
                argumentSet(
                        "a negative length",
                        tensor(-4, 0, List.of(4L), List.of(1L)),
                        "a storage's length: -4 is negative"),
                argumentSet("a negative size", tensor(4, 0, List.of(-4L), List.of(1L)), "sizes: -4 is negative"),
                argumentSet("a negative stride", tensor(4, 3, List.of(4L), List.of(-1L)), "strides: -1 is negative"),
                argumentSet("a negative offset", tensor(4, -1, List.of(4L), List.of(1L)), "offset: -1 is negative"),
                argumentSet(
                        "a size over the end",
                        tensor(4, 0, List.of(5L), List.of(1L)),
                        "tensor \"w\" reaches over elements 0 to 5 of a storage of 4"),
                argumentSet(
                        "an offset over the end",
                        tensor(4, 1, List.of(4L), List.of(1L)),
                        "reaches over elements 1 to 5 of a storage of 4"),
                argumentSet(
                        "an offset behind the end", tensor(4, 5, List.of(0L), List.of(1L)), "begins at element 5 of 4"),
                argumentSet(
                        "a stride over the end",
                        tensor(4, 0, List.of(2L, 2L), List.of(3L, 1L)),
                        "reaches over elements 0 to 5 of a storage of 4"),
                argumentSet(
                        "an offset that overflows",
                        tensor(4, Long.MAX_VALUE, List.of(4L), List.of(1L)),
                        "begins at element 9223372036854775807 of 4"),
                argumentSet(
                        "sizes whose product overflows",
                        tensor(4, 0, List.of(HUGE, HUGE), List.of(0L, 0L)),
                        "too large to count"),
                argumentSet(
                        "sizes whose product overflows before it is zero",
                        tensor(4, 0, List.of(HUGE, HUGE, 0L), List.of(0L, 0L, 0L)),
                        "too large to count"),
                argumentSet(
                        "strides whose sum overflows",
                        tensor(4, 0, List.of(3L, 2L), List.of(Long.MAX_VALUE / 2, Long.MAX_VALUE / 2)),
                        "too large to count"),
                argumentSet(
                        "one element many times",
                        tensor(4, 0, List.of(HUGE), List.of(0L)),
                        "declares 1099511627776 elements over a storage of 4"),
                argumentSet(
                        "sizes without strides",
                        tensor(4, 0, List.of(2L, 2L), List.of(1L)),
                        "tensor \"w\" has sizes [2, 2] and strides [1]"),
                argumentSet(
                        "many axes",
                        tensor(4, 0, Collections.nCopies(17, 1L), Collections.nCopies(17, 1L)),
                        "a tensor's sizes: 17 of them, at most 16"),
                argumentSet(
                        "an unknown format",
                        named("ComplexFloatStorage", "0"),
                        "refers to torch.ComplexFloatStorage, which is not among"),
                argumentSet(
                        "another folder's storage",
                        named("FloatStorage", "../../etc/passwd"),
                        "the archive has no entry \"archive/data/../../etc/passwd\""),
                argumentSet(
                        "a storage's key without end",
                        named("FloatStorage", "0".repeat(129)),
                        "a storage's key of 129 characters, at most 128 are read"),
                argumentSet(
                        "more elements than bytes",
                        named("DoubleStorage", "0"),
                        "storage \"0\" of 4 elements of 8 bytes has 16 bytes"));
    }

    @ParameterizedTest
    @MethodSource("tensors")
    void refusesWhatItsStorageDoesNotHold(Declared tensor, String problem) {
        assertRefused(PickleBytes.checkpoint(tensor), problem);
    }

    @Test
    void refusesAStorageDeclaredInTwoWays() {
        assertRefused(
                PickleBytes.checkpoint(
                        tensor(4, 0, List.of(4L), List.of(1L)),
                        new Declared("v", "IntStorage", "0", 4, 0, List.of(4L), List.of(1L))),
                "storage \"0\" is declared as 4 FLOAT32 and as 4 INT32");
    }

    @Test
    void refusesATensorWithoutAStorage() {
        byte[] pickle = new PickleBytes()
                .op('}')
                .text("w")
                .global("torch._utils", "_rebuild_tensor_v2")
                .op('(', 'N')
                .whole(0)
                .wholes(List.of(1L))
                .wholes(List.of(1L))
                .op('t', 'R', 's')
                .stop();

        assertRefused(pickle, "a tensor needs a storage, an offset, sizes and strides");
    }

    @Test
    void refusesAViewThatLeavesItsStorage() {
        byte[] pickle = new PickleBytes()
                .op('(')
                .text("storage")
                .global("torch", "FloatStorage")
                .text("0")
                .text("cpu")
                .whole(4)
                .op('(')
                .text("view")
                .whole(3)
                .whole(2)
                .op('t', 't', 'Q')
                .stop();

        assertRefused(pickle, "a view of 2 elements at 3 leaves its storage of 4");
    }

    static Stream<Arguments> sharing() {
        return Stream.of(
                argumentSet("all of it", shared("w", 0, List.of(40_000L), List.of(1L)), false),
                argumentSet("its ends", shared("w", 0, List.of(2L), List.of(39_999L)), false),
                argumentSet("one number often", shared("w", 0, List.of(40_000L), List.of(0L)), false),
                argumentSet("the end of a deflated storage", shared("w", 39_999, List.of(1L), List.of(1L)), true));
    }

    @ParameterizedTest
    @MethodSource("sharing")
    void refusesAFileWhoseTensorsReachOverTheSameBytesTooOften(Declared tensor, boolean deflated) {
        Declared[] tensors = IntStream.range(0, 300)
                .mapToObj(i -> shared("w" + i, tensor.offset(), tensor.sizes(), tensor.strides()))
                .toArray(Declared[]::new);
        byte[] pickle = PickleBytes.checkpoint(tensors);
        byte[] numbers = new byte[40_000];
        new Random(1).nextBytes(numbers);
        ZipBytes zip = new ZipBytes(1 << 17).add("a/data.pkl", pickle);
        byte[] archive = (deflated ? zip.deflated("a/data/0", numbers) : zip.add("a/data/0", numbers)).bytes();

        assertThatThrownBy(() -> WeightFile.open(TorchFiles.write(folder, "net.pt", archive)))
                .isInstanceOf(WeightsException.class)
                .hasMessage("net.pt: its tensors reach over 12000000 elements, in a file of %d bytes over at most %d"
                        .formatted(archive.length, 16 * archive.length));
    }

    @Test
    void shortensAndCleansWhatAFileCallsItsTensors() {
        String name = "w\n\u001b[2J\u202e";
        assertRefused(
                PickleBytes.checkpoint(Declared.of(name, "FloatStorage", "0", 4, List.of(5L))),
                "tensor \"w??[2J?\" reaches over");
        assertRefused(
                PickleBytes.checkpoint(Declared.of("module.".repeat(5000), "FloatStorage", "0", 4, List.of(4L))),
                "...\" has a name of 35000 characters, at most 512 are read");
    }

    private static Declared shared(String name, long offset, List<Long> sizes, List<Long> strides) {
        return new Declared(name, "ByteStorage", "0", 40_000, offset, sizes, strides);
    }

    private static Declared tensor(long stored, long offset, List<Long> sizes, List<Long> strides) {
        return new Declared("w", "FloatStorage", "0", stored, offset, sizes, strides);
    }

    private static Declared named(String type, String key) {
        return Declared.of("w", type, key, 4, List.of(4L));
    }

    private void assertRefused(byte[] pickle, String problem) {
        byte[] archive = TorchFiles.zip(pickle, Map.of("0", TorchFiles.floats(1, 2, 3, 4)))
                .bytes();
        Path file = TorchFiles.write(folder, "net.pt", archive);

        long allocated = Allocation.during(() -> assertThatThrownBy(() -> WeightFile.open(file))
                .isInstanceOf(WeightsException.class)
                .hasMessageStartingWith("net.pt: ")
                .hasMessageContaining(problem));

        assertThat(allocated).isLessThan(MAX_ALLOCATION);
    }
}
