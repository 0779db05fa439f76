package dev.fovea.architectures.weights.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.architectures.weights.WeightTensor;
import dev.fovea.architectures.weights.WeightsException;
import dev.fovea.architectures.weights.file.PickleBytes.Declared;
import dev.fovea.onnx.shape.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TorchZipTest {

    private static final Declared MATRIX = Declared.of("m", "FloatStorage", "0", 6, List.of(2L, 3L));
    private static final byte[] SIX = TorchFiles.floats(1, 2, 3, 4, 5, 6);

    private final Path folder;

    TorchZipTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void readsWhatTorchSaves() {
        WeightFile file = open(TorchFiles.zip(PickleBytes.checkpoint(MATRIX), Map.of("0", SIX)));

        assertThat(file.format()).isEqualTo("PyTorch zip");
        assertThat(file.names()).containsExactly("m");
        assertThat(tensor(file, "m").shape()).isEqualTo(Shape.of(2, 3));
        assertThat(tensor(file, "m").values()).containsExactly(1, 2, 3, 4, 5, 6);
    }

    /// A whole training checkpoint: optimizer, scheduler, numpy scalar, arguments, a parameter, views of one storage.
    /// `training_checkpoint.py` beside the pickles made them.
    @ParameterizedTest
    @ValueSource(ints = {2, 4, 5})
    void readsATrainingCheckpointPickledByCpython(int protocol) {
        WeightFile file = open(TorchFiles.zip(
                resource("training-protocol" + protocol + ".pkl"),
                Map.of(
                        "0", TorchFiles.floats(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11),
                        "1", TorchFiles.floats(0.5f, -0.5f),
                        "2", new byte[] {42, 0, 0, 0, 0, 0, 0, 0},
                        "3", TorchFiles.floats(9, 9))));

        assertThat(file.names())
                .containsExactly("bn.num_batches_tracked", "bn.weight", "conv.transposed", "conv.weight");
        assertThat(tensor(file, "conv.weight").values()).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(tensor(file, "conv.transposed").shape()).isEqualTo(Shape.of(3, 2));
        assertThat(tensor(file, "conv.transposed").values()).containsExactly(6, 9, 7, 10, 8, 11);
        assertThat(tensor(file, "bn.weight").values()).containsExactly(0.5f, -0.5f);
        assertThat(tensor(file, "bn.num_batches_tracked").shape()).isEqualTo(Shape.scalar());
        assertThat(tensor(file, "bn.num_batches_tracked").values()).containsExactly(42);
    }

    /// The test's own writer is only worth something if it writes what CPython writes.
    @Test
    void theTestsWriterMakesCpythonsBytes() {
        byte[] ours = new PickleBytes()
                .stateDictionary(List.of(Declared.of("w", "FloatStorage", "0", 6, List.of(2L, 3L))))
                .stop();

        assertThat(ours).isEqualTo(resource("state-dictionary-protocol2.pkl"));
    }

    @Test
    void readsViewsOfASharedStorage() {
        Declared row = Declared.of("row", "FloatStorage", "0", 6, List.of(3L)).at(3, List.of(1L));
        Declared column =
                Declared.of("column", "FloatStorage", "0", 6, List.of(2L)).at(1, List.of(3L));
        Declared repeated =
                Declared.of("repeated", "FloatStorage", "0", 6, List.of(2L, 2L)).at(4, List.of(0L, 1L));
        Declared transposed = Declared.of("transposed", "FloatStorage", "0", 6, List.of(3L, 2L))
                .at(0, List.of(1L, 3L));
        Declared empty = Declared.of("empty", "FloatStorage", "0", 6, List.of(0L, 3L));

        WeightFile file = open(TorchFiles.zip(
                PickleBytes.checkpoint(MATRIX, row, column, repeated, transposed, empty), Map.of("0", SIX)));

        assertThat(tensor(file, "row").values()).containsExactly(4, 5, 6);
        assertThat(tensor(file, "column").values()).containsExactly(2, 5);
        assertThat(tensor(file, "repeated").values()).containsExactly(5, 6, 5, 6);
        assertThat(tensor(file, "transposed").values()).containsExactly(1, 4, 2, 5, 3, 6);
        assertThat(tensor(file, "empty").values()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "FloatStorage,    0000c03f 000020c0,                  1.5, -2.5",
        "HalfStorage,     003e 00c1,                          1.5, -2.5",
        "BFloat16Storage, c03f 20c0,                          1.5, -2.5",
        "DoubleStorage,   000000000000f83f 00000000000004c0,  1.5, -2.5",
        "LongStorage,     0700000000000000 feffffffffffffff,  7, -2",
        "IntStorage,      07000000 feffffff,                  7, -2",
        "ShortStorage,    0700 feff,                          7, -2",
        "CharStorage,     07 fe,                              7, -2",
        "ByteStorage,     07 fe,                              7, 254",
        "BoolStorage,     00 01,                              0, 1"
    })
    void readsEveryElementFormat(String type, String hex, float first, float second) {
        byte[] bytes = java.util.HexFormat.of().parseHex(hex.replace(" ", ""));

        WeightFile file = open(TorchFiles.zip(
                PickleBytes.checkpoint(Declared.of("t", type, "0", 2, List.of(2L))), Map.of("0", bytes)));

        assertThat(tensor(file, "t").values()).containsExactly(first, second);
    }

    @Test
    void readsFilesOfBigEndianMachines() {
        WeightFile file = open(new ZipBytes()
                .add("net/data.pkl", PickleBytes.checkpoint(MATRIX))
                .add("net/byteorder", "big")
                .add("net/data/0", TorchFiles.floats(ByteOrder.BIG_ENDIAN, 1, 2, 3, 4, 5, 6)));

        assertThat(tensor(file, "m").values()).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void readsOlderFilesThatSayNoByteOrderAndFilesWithoutAFolder() {
        WeightFile file = open(
                new ZipBytes().add("data.pkl", PickleBytes.checkpoint(MATRIX)).add("data/0", SIX));

        assertThat(tensor(file, "m").values()).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void readsDeflatedEntries() {
        WeightFile file = open(new ZipBytes()
                .deflated("a/data.pkl", PickleBytes.checkpoint(MATRIX.at(0, List.of(1L, 2L))))
                .deflated("a/data/0", SIX));

        assertThat(tensor(file, "m").values()).containsExactly(1, 3, 5, 2, 4, 6);
    }

    @Test
    void readsZip64() {
        byte[] archive =
                TorchFiles.zip(PickleBytes.checkpoint(MATRIX), Map.of("0", SIX)).bytes64();

        WeightFile file = WeightFile.open(TorchFiles.write(folder, "large.pt", archive));

        assertThat(tensor(file, "m").values()).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void refusesAFileThatChangedAfterItWasOpened() {
        byte[] archive =
                TorchFiles.zip(PickleBytes.checkpoint(MATRIX), Map.of("0", SIX)).bytes();
        WeightFile file = WeightFile.open(TorchFiles.write(folder, "net.pt", archive));
        TorchFiles.write(folder, "net.pt", new byte[] {1});

        assertThatThrownBy(() -> tensor(file, "m").values())
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining("net.pt: cannot be read: the file has changed");
    }

    private WeightFile open(ZipBytes zip) {
        return WeightFile.open(TorchFiles.write(folder, "net.pt", zip.bytes()));
    }

    private static WeightTensor tensor(WeightFile file, String name) {
        return file.find(name).orElseThrow();
    }

    private static byte[] resource(String name) {
        try (InputStream stream = TorchZipTest.class.getResourceAsStream(name)) {
            return java.util.Objects.requireNonNull(stream, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
