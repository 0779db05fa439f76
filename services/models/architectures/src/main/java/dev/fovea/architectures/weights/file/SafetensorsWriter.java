package dev.fovea.architectures.weights.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.fovea.architectures.weights.WeightTensor;
import dev.fovea.architectures.weights.WeightsException;
import dev.fovea.onnx.shape.Shape;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Writes float32 tensors as safetensors.
///
/// Guarantees: equal tensors and metadata give equal bytes (names sorted); the file is there as a whole or
/// not at all.
public final class SafetensorsWriter {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int ALIGNMENT = 8;
    private static final int CHUNK = 16 << 10; // elements

    private SafetensorsWriter() {}

    /// @param metadata see [WeightFile#KIND_KEY]
    /// @throws WeightsException if the file cannot be written, or a tensor is called like the metadata
    public static void write(Path file, Map<String, WeightTensor> tensors, Map<String, String> metadata) {
        if (tensors.containsKey(Safetensors.METADATA)) {
            throw new WeightsException("a tensor cannot be called " + Safetensors.METADATA);
        }
        SortedMap<String, WeightTensor> sorted = new TreeMap<>(tensors);
        Path draft = file.resolveSibling(file.getFileName() + ".part");
        try {
            try {
                writeAll(draft, sorted, new TreeMap<>(metadata));
                Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            throw new WeightsException(file + " cannot be written: " + e, e);
        }
    }

    private static void writeAll(
            Path draft, SortedMap<String, WeightTensor> tensors, SortedMap<String, String> metadata)
            throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(draft))) {
            byte[] header = header(tensors, metadata);
            out.write(ByteBuffer.allocate(Long.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(header.length)
                    .array());
            out.write(header);
            for (WeightTensor tensor : tensors.values()) {
                write(tensor, out);
            }
        }
    }

    private static byte[] header(SortedMap<String, WeightTensor> tensors, SortedMap<String, String> metadata)
            throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            if (!metadata.isEmpty()) {
                json.writeObjectFieldStart(Safetensors.METADATA);
                for (Map.Entry<String, String> entry : metadata.entrySet()) {
                    json.writeStringField(entry.getKey(), entry.getValue());
                }
                json.writeEndObject();
            }
            long end = 0;
            for (Map.Entry<String, WeightTensor> entry : tensors.entrySet()) {
                end = describe(entry.getKey(), entry.getValue().shape(), end, json);
            }
            json.writeEndObject();
        }
        bytes.write(" ".repeat(Math.floorMod(-bytes.size(), ALIGNMENT)).getBytes(StandardCharsets.UTF_8));
        return bytes.toByteArray();
    }

    private static long describe(String name, Shape shape, long begin, JsonGenerator json) throws IOException {
        long end = begin + shape.fixedElements() * Float.BYTES;
        json.writeObjectFieldStart(name);
        json.writeStringField("dtype", "F32");
        json.writeArrayFieldStart("shape");
        for (int axis = 0; axis < shape.rank(); axis++) {
            json.writeNumber(shape.size(axis));
        }
        json.writeEndArray();
        json.writeArrayFieldStart("data_offsets");
        json.writeNumber(begin);
        json.writeNumber(end);
        json.writeEndArray();
        json.writeEndObject();
        return end;
    }

    private static void write(WeightTensor tensor, OutputStream out) throws IOException {
        float[] values = tensor.values();
        byte[] chunk = new byte[Math.min(values.length, CHUNK) * Float.BYTES];
        for (int from = 0; from < values.length; from += CHUNK) {
            int count = Math.min(CHUNK, values.length - from);
            ByteBuffer.wrap(chunk)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer()
                    .put(values, from, count);
            out.write(chunk, 0, count * Float.BYTES);
        }
    }
}
