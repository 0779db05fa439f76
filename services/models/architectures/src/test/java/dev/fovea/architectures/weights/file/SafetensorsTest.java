package dev.fovea.architectures.weights.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.architectures.weights.HeldTensor;
import dev.fovea.architectures.weights.WeightTensor;
import dev.fovea.architectures.weights.WeightsException;
import dev.fovea.onnx.shape.Shape;
import dev.fovea.repository.Provenance;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {

    private static final Map<String, WeightTensor> TENSORS = Map.of(
            "pca.mean", HeldTensor.of(new float[] {1.5f, -0f, Float.MIN_VALUE}, 3),
            "pca.components", HeldTensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3),
            "scale", HeldTensor.of(new float[] {7}),
            "empty", HeldTensor.of(new float[0], 0, 4));

    private final Path folder;

    SafetensorsTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void readsBackWhatWasWritten() {
        Path file = folder.resolve("pca.safetensors");
        SafetensorsWriter.write(file, TENSORS, Map.of(WeightFile.KIND_KEY, "FITTED", "rows", "1000"));

        WeightFile read = WeightFile.open(file);

        assertThat(read.format()).isEqualTo("safetensors");
        assertThat(read.names()).isEqualTo(TENSORS.keySet());
        TENSORS.forEach((name, tensor) -> {
            assertThat(read.find(name).orElseThrow().shape()).isEqualTo(tensor.shape());
            assertThat(read.find(name).orElseThrow().values()).isEqualTo(tensor.values());
        });
        assertThat(read.metadata()).containsEntry("rows", "1000");
        assertThat(read.origin().kind()).isEqualTo(Provenance.Kind.FITTED);
    }

    @Test
    void writesEqualBytesForEqualTensors() throws IOException {
        Path first = folder.resolve("first");
        Path second = folder.resolve("second");
        SafetensorsWriter.write(first, TENSORS, Map.of("b", "2", "a", "1"));
        SafetensorsWriter.write(second, new java.util.TreeMap<>(TENSORS).descendingMap(), Map.of("a", "1", "b", "2"));

        assertThat(Files.readAllBytes(first)).isEqualTo(Files.readAllBytes(second));
        try (var left = Files.list(folder)) {
            assertThat(left).containsExactlyInAnyOrder(first, second);
        }
    }

    @Test
    void writesTheLayoutThatTheFormatDescribes() throws IOException {
        Path file = folder.resolve("one");
        SafetensorsWriter.write(file, Map.of("w", HeldTensor.of(new float[] {1, 2}, 2)), Map.of("k", "v"));

        byte[] bytes = Files.readAllBytes(file);

        String header =
                "{\"__metadata__\":{\"k\":\"v\"},\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}";
        ByteBuffer read = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int length = (int) read.getLong();
        assertThat(length % 8).isZero();
        assertThat(new String(bytes, 8, length, StandardCharsets.UTF_8).strip()).isEqualTo(header);
        assertThat(Arrays.copyOfRange(bytes, 8 + length, bytes.length)).isEqualTo(TorchFiles.floats(1, 2));
    }

    @Test
    void writesTensorsLargerThanOneChunk() {
        float[] values = new float[40_001];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        Path file = folder.resolve("large");
        SafetensorsWriter.write(file, Map.of("w", HeldTensor.of(values, values.length)), Map.of());

        assertThat(WeightFile.open(file).find("w").orElseThrow().values()).isEqualTo(values);
    }

    @ParameterizedTest
    @CsvSource({
        "F32,  0000c03f000020c0,                 1.5, -2.5",
        "F16,  003e00c1,                         1.5, -2.5",
        "BF16, c03f20c0,                         1.5, -2.5",
        "F64,  000000000000f83f00000000000004c0, 1.5, -2.5",
        "I64,  0700000000000000feffffffffffffff, 7, -2",
        "I32,  07000000feffffff,                 7, -2",
        "I16,  0700feff,                         7, -2",
        "I8,   07fe,                             7, -2",
        "U8,   07fe,                             7, 254",
        "BOOL, 0001,                             0, 1"
    })
    void readsEveryElementFormat(String dtype, String hex, float first, float second) {
        byte[] numbers = HexFormat.of().parseHex(hex);

        WeightFile file = open(tensor("t", dtype, "[2]", 0, numbers.length), numbers);

        assertThat(file.find("t").orElseThrow().shape()).isEqualTo(Shape.of(2));
        assertThat(file.find("t").orElseThrow().values()).containsExactly(first, second);
    }

    @Test
    void takesTheCallersWordOverTheFiles() {
        WeightFile file = WeightFile.open(
                write("\"__metadata__\":{\"fovea.kind\":\"FITTED\"}," + tensor("t", "F32", "[1]", 0, 4), new byte[4]),
                WeightFileOptions.DEFAULT.withKind(Provenance.Kind.TRAINED).withLicence("CC0-1.0"));

        assertThat(file.origin().kind()).isEqualTo(Provenance.Kind.TRAINED);
        assertThat(file.origin().licence()).isEqualTo("CC0-1.0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            `t`:{`dtype`:`F32`,`shape`:[3],`data_offsets`:[0,8]}  | its shape [3] of FLOAT32 takes 12
            `t`:{`dtype`:`F32`,`shape`:[2],`data_offsets`:[4,12]} | begins at byte 4 of the numbers, the one before ends at 0
            `t`:{`dtype`:`F32`,`shape`:[1],`data_offsets`:[0,4]}  | its tensors end at byte 4 of the numbers, there are 8
            `t`:{`dtype`:`F32`,`shape`:[4],`data_offsets`:[0,16]} | leaves the 8 bytes there are
            `t`:{`dtype`:`F32`,`shape`:[2],`data_offsets`:[8,0]}  | lies at bytes 8 to 0
            `t`:{`dtype`:`F32`,`shape`:[-2],`data_offsets`:[0,8]} | shape is no list of at most 16 integers from 0
            `t`:{`dtype`:`F32`,`shape`:[2.5],`data_offsets`:[0,8]} | shape is no list of at most 16 integers from 0
            `t`:{`dtype`:`F32`,`shape`:2,`data_offsets`:[0,8]}    | shape is no list of at most 16 integers from 0
            `t`:{`dtype`:`F32`,`shape`:[4294967296,4294967296],`data_offsets`:[0,8]} | too large to count
            `t`:{`dtype`:`F32`,`shape`:[99999999999999999999],`data_offsets`:[0,8]} | out of range of
            `t`:{`dtype`:`F8_E4M3`,`shape`:[8],`data_offsets`:[0,8]} | has dtype F8_E4M3; read are
            `t`:{`dtype`:7,`shape`:[8],`data_offsets`:[0,8]}      | has dtype 7; read are
            `t`:{`shape`:[2],`data_offsets`:[0,8]}                | needs dtype, shape and two data_offsets
            `t`:{`dtype`:`F32`,`data_offsets`:[0,4]}              | needs dtype, shape and two data_offsets
            `t`:{`dtype`:`F32`,`shape`:[2]}                       | needs dtype, shape and two data_offsets
            `t`:{`dtype`:`F32`,`shape`:[2],`data_offsets`:[0]}    | needs dtype, shape and two data_offsets
            `t`:{`dtype`:`F32`,`shape`:[2],`data_offsets`:[0,8],`x`:1} | has an unknown field "x"
            `t`:3                                                 | is no JSON object
            `t`:{`dtype`:`F32`,`shape`:[1],`data_offsets`:[0,4]},`t`:{`dtype`:`F32`,`shape`:[1],`data_offsets`:[4,8]} | Duplicate field
            `t`:{`dtype`:`F32`,`shape`:[2],`data_offsets`:[0,8]},`u`:{`dtype`:`F32`,`shape`:[2],`data_offsets`:[0,8]} | begins at byte 0 of the numbers, the one before ends at 8
            `__metadata__`:{`a`:1}                                | __metadata__ "a" is VALUE_NUMBER_INT
            `__metadata__`:{`fovea.kind`:`GUESSED`},`t`:{`dtype`:`F32`,`shape`:[2],`data_offsets`:[0,8]} | none of [COMPUTED, TRAINED, FITTED, SEEDED]
            `t`:{`dtype`:`F32                                     | is no JSON
            """)
    void refusesAHeaderThatDoesNotFitTheNumbers(String header, String problem) {
        String json = header.replace('`', '"');

        assertThatThrownBy(() -> open(json, new byte[8]))
                .isInstanceOf(WeightsException.class)
                .hasMessageStartingWith("net.safetensors: ")
                .hasMessageContaining(problem);
    }

    @Test
    void refusesAHeaderLongerThanTheFileOrTheLimit() {
        assertThatThrownBy(() -> WeightFile.open(TorchFiles.write(folder, "a", head(50))))
                .hasMessageContaining("the safetensors header of 50 bytes at byte 8 leaves the 16 bytes there are");
        assertThatThrownBy(() -> WeightFile.open(TorchFiles.write(folder, "b", head(100_000_001))))
                .hasMessageContaining("a safetensors header of 100000001 bytes, at most 100000000 are read");
        assertThatThrownBy(() -> WeightFile.open(TorchFiles.write(folder, "c", head(-1))))
                .hasMessageContaining("a safetensors header of 18446744073709551615 bytes");
    }

    @Test
    void refusesATensorCalledLikeTheMetadata() {
        Map<String, WeightTensor> tensors = Map.of("__metadata__", HeldTensor.of(new float[1], 1));

        assertThatThrownBy(() -> SafetensorsWriter.write(folder.resolve("x"), tensors, Map.of()))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining("__metadata__");
    }

    @Test
    void refusesMoreTextsThanAnyoneWrites() {
        String texts = IntStream.rangeClosed(0, 10_000)
                .mapToObj(i -> "\"" + i + "\":\"\"")
                .collect(Collectors.joining(","));

        assertThatThrownBy(() -> open("\"__metadata__\":{" + texts + "}", new byte[0]))
                .hasMessage("net.safetensors: carries more than 10000 texts beside its tensors");
    }

    @Test
    void leavesNothingBehindWhenATensorCannotBeRead() throws IOException {
        assertThatThrownBy(() -> SafetensorsWriter.write(folder.resolve("x"), Map.of("w", new Unreadable()), Map.of()))
                .hasMessage("gone");

        try (var left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    private record Unreadable() implements WeightTensor {

        @Override
        public Shape shape() {
            return Shape.of(1);
        }

        @Override
        public float[] values() {
            throw new WeightsException("gone");
        }
    }

    private static byte[] head(long length) {
        return ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(length)
                .put("{\"t\":{}}".getBytes(StandardCharsets.UTF_8))
                .array();
    }

    private static String tensor(String name, String dtype, String shape, int begin, int end) {
        return "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
                .formatted(name, dtype, shape, begin, end);
    }

    private WeightFile open(String header, byte[] numbers) {
        return WeightFile.open(write(header, numbers));
    }

    private Path write(String header, byte[] numbers) {
        byte[] json = ("{" + header + "}").getBytes(StandardCharsets.UTF_8);
        return TorchFiles.write(
                folder,
                "net.safetensors",
                ByteBuffer.allocate(8 + json.length + numbers.length)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(json.length)
                        .put(json)
                        .put(numbers)
                        .array());
    }
}
