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

    @Test
    void refusesAFileWhoseTensorsShareTheirBytesTooOften() {
        Declared[] tensors = IntStream.range(0, 300)
                .mapToObj(i -> Declared.of("w" + i, "ByteStorage", "0", 40_000, List.of(40_000L)))
                .toArray(Declared[]::new);
        byte[] archive = TorchFiles.zip(PickleBytes.checkpoint(tensors), Map.of("0", new byte[40_000]))
                .bytes();

        assertThatThrownBy(() -> WeightFile.open(TorchFiles.write(folder, "net.pt", archive)))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining("its tensors declare 12000000 elements, a file of " + archive.length);
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
