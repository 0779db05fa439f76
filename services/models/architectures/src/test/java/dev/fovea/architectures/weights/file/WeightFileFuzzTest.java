package dev.fovea.architectures.weights.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.fovea.architectures.weights.HeldTensor;
import dev.fovea.architectures.weights.WeightsException;
import dev.fovea.architectures.weights.file.PickleBytes.Declared;
import dev.fovea.architectures.weights.file.TorchFiles.Stored;
import dev.fovea.onnx.DataType;
import dev.fovea.onnx.Graph;
import dev.fovea.onnx.OnnxWriter;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Elementwise;
import dev.fovea.onnx.shape.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever a file holds, the answer is tensors or a [WeightsException], and memory stays in proportion.
class WeightFileFuzzTest {

    private static final int MUTATIONS = 1000;
    /// The files are below 4 kB; classes loaded on the way count too.
    private static final long MAX_ALLOCATION = 16L << 20;

    private static final Declared WEIGHT = Declared.of("w", "FloatStorage", "0", 6, List.of(2L, 3L));
    private static final Declared VIEW =
            Declared.of("v", "FloatStorage", "0", 6, List.of(3L, 2L)).at(0, List.of(1L, 3L));
    private static final Declared COUNT = Declared.of("n", "LongStorage", "1", 1, List.of());
    private static final byte[] SIX = TorchFiles.floats(1, 2, 3, 4, 5, 6);

    private final Path folder;

    WeightFileFuzzTest(@TempDir Path folder) {
        this.folder = folder;
    }

    static Stream<Arguments> formats() throws IOException {
        byte[] pickle = PickleBytes.checkpoint(WEIGHT, VIEW, COUNT);
        Map<String, byte[]> storages = Map.of("0", SIX, "1", new byte[8], "2", new byte[8], "3", SIX);
        return Stream.of(
                argumentSet("PyTorch zip", TorchFiles.zip(pickle, storages).bytes()),
                argumentSet("PyTorch zip64", TorchFiles.zip(pickle, storages).bytes64()),
                argumentSet(
                        "PyTorch zip, deflated",
                        new ZipBytes()
                                .deflated("a/data.pkl", pickle)
                                .deflated("a/data/0", SIX)
                                .deflated("a/data/1", new byte[8])
                                .bytes()),
                argumentSet(
                        "training checkpoint",
                        new ZipBytes().add("a/data.pkl", training()).bytes()),
                argumentSet("PyTorch legacy", legacy(pickle)),
                argumentSet("safetensors", safetensors()),
                argumentSet("ONNX", onnx()));
    }

    @ParameterizedTest
    @MethodSource("formats")
    void answersATruncationAtEveryByteWithANamedError(byte[] whole) throws IOException {
        for (int length = 0; length < whole.length; length++) {
            read(Arrays.copyOf(whole, length), "length " + length);
        }
    }

    @ParameterizedTest
    @MethodSource("formats")
    void answersMutationsWithTensorsOrANamedError(byte[] whole) throws IOException {
        for (int seed = 0; seed < MUTATIONS; seed++) {
            read(mutate(whole, new Random(seed)), "seed " + seed);
        }
    }

    private void read(byte[] bytes, String what) throws IOException {
        Path file = Files.write(folder.resolve("net"), bytes);
        long allocated = Allocation.during(() -> {
            try {
                WeightFile weights = WeightFile.open(file);
                weights.names().forEach(name -> weights.find(name).orElseThrow().values());
            } catch (WeightsException e) {
                assertThat(e.getMessage()).as(what).startsWith("net: ");
            }
        });
        assertThat(allocated).as(what).isLessThan(MAX_ALLOCATION);
    }

    /// One to four changes: a byte, a number of 1 to 8 bytes at its extremes, a span left out, doubled or cut off.
    private static byte[] mutate(byte[] whole, Random random) {
        byte[] bytes = whole.clone();
        for (int change = random.nextInt(4); change >= 0 && bytes.length > 0; change--) {
            int at = random.nextInt(bytes.length);
            int span = Math.min(1 + random.nextInt(16), bytes.length - at);
            switch (random.nextInt(6)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> Arrays.fill(bytes, at, at + Math.min(span, 8), (byte) (random.nextBoolean() ? -1 : 0));
                case 3 -> bytes = splice(bytes, at, at + span, new byte[0]);
                case 4 -> bytes = splice(bytes, at, at, Arrays.copyOfRange(bytes, at, at + span));
                default -> bytes[at] = bytes[random.nextInt(bytes.length)];
            }
        }
        return bytes;
    }

    private static byte[] splice(byte[] bytes, int from, int to, byte[] middle) {
        byte[] spliced = new byte[bytes.length - (to - from) + middle.length];
        System.arraycopy(bytes, 0, spliced, 0, from);
        System.arraycopy(middle, 0, spliced, from, middle.length);
        System.arraycopy(bytes, to, spliced, from + middle.length, bytes.length - to);
        return spliced;
    }

    private static byte[] legacy(byte[] pickle) {
        var count = new Stored("1", 1, ByteBuffer.allocate(8));
        return TorchFiles.legacy(pickle, List.of(Stored.floats("0", 1, 2, 3, 4, 5, 6), count));
    }

    private static byte[] training() throws IOException {
        try (InputStream stream = WeightFileFuzzTest.class.getResourceAsStream("training-protocol4.pkl")) {
            return Objects.requireNonNull(stream).readAllBytes();
        }
    }

    private static byte[] safetensors() throws IOException {
        Path file = Files.createTempFile("fuzz", ".safetensors");
        SafetensorsWriter.write(
                file,
                Map.of("w", HeldTensor.of(new float[6], 2, 3), "b", HeldTensor.of(new float[1])),
                Map.of("k", "v"));
        byte[] bytes = Files.readAllBytes(file);
        Files.delete(file);
        return bytes;
    }

    private static byte[] onnx() {
        var graph = new Graph("fuzz");
        Value x = graph.input("x", DataType.FLOAT32, Shape.batchOf(2, 3));
        graph.output("y", Elementwise.add(x, graph.constant("w", new float[] {1, 2, 3, 4, 5, 6}, Shape.of(2, 3))));
        return OnnxWriter.write(graph, Map.of("k", "v"));
    }
}
