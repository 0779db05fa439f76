package dev.fovea.architectures.weights.file;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.fovea.architectures.weights.bytes.Bytes;
import dev.fovea.architectures.weights.bytes.ElementFormat;
import dev.fovea.architectures.weights.bytes.FileBytes;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One tensor in a safetensors header.
///
/// @param begin in bytes from the first number
/// @param end in bytes, exclusive
record SafetensorsEntry(String name, ElementFormat format, List<Long> sizes, long begin, long end) {

    static final int MAX_RANK = 16;

    private static final Map<String, ElementFormat> FORMATS = Map.of(
            "F32", ElementFormat.FLOAT32,
            "F16", ElementFormat.FLOAT16,
            "BF16", ElementFormat.BFLOAT16,
            "F64", ElementFormat.FLOAT64,
            "I64", ElementFormat.INT64,
            "I32", ElementFormat.INT32,
            "I16", ElementFormat.INT16,
            "I8", ElementFormat.INT8,
            "U8", ElementFormat.UINT8,
            "BOOL", ElementFormat.BOOL);

    /// @param json at the value that belongs to the name; left at its end
    static SafetensorsEntry read(String name, JsonParser json, Bytes file) throws IOException {
        String subject = "tensor \"" + name + "\" ";
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw file.error(subject + "is no JSON object");
        }
        Optional<ElementFormat> format = Optional.empty();
        Optional<List<Long>> sizes = Optional.empty();
        List<Long> offsets = List.of();
        for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
            json.nextToken();
            switch (field) {
                case "dtype" -> format = Optional.of(format(json.getText(), subject, file));
                case "shape" -> sizes = Optional.of(naturals(json, subject + "shape", file));
                case "data_offsets" -> offsets = naturals(json, subject + "data_offsets", file);
                default -> throw file.error(subject + "has an unknown field \"" + field + "\"");
            }
        }
        if (format.isEmpty() || sizes.isEmpty() || offsets.size() != 2) {
            throw file.error(subject + "needs dtype, shape and two data_offsets");
        }
        var entry = new SafetensorsEntry(name, format.get(), sizes.get(), offsets.getFirst(), offsets.getLast());
        entry.requireSize(subject, file);
        return entry;
    }

    private static ElementFormat format(@Nullable String dtype, String subject, Bytes file) {
        return Optional.ofNullable(dtype)
                .map(FORMATS::get)
                .orElseThrow(() -> file.error(subject + "has dtype " + dtype + "; read are "
                        + FORMATS.keySet().stream().sorted().toList()));
    }

    private static List<Long> naturals(JsonParser json, String subject, Bytes file) throws IOException {
        List<Long> naturals = new ArrayList<>();
        boolean array = json.currentToken() == JsonToken.START_ARRAY;
        while (array && json.nextToken() == JsonToken.VALUE_NUMBER_INT && naturals.size() < MAX_RANK) {
            naturals.add(json.getLongValue());
        }
        if (!array
                || json.currentToken() != JsonToken.END_ARRAY
                || naturals.stream().anyMatch(size -> size < 0)) {
            throw file.error(subject + " is no list of at most " + MAX_RANK + " integers from 0");
        }
        return naturals;
    }

    private void requireSize(String subject, Bytes file) {
        try {
            long bytes = Math.multiplyExact(Layout.rowMajor(0, sizes).elements(), (long) format.width());
            if (begin > end || end - begin != bytes) {
                throw file.error(subject + "lies at bytes " + begin + " to " + end + ", its shape " + sizes + " of "
                        + format + " takes " + bytes);
            }
        } catch (ArithmeticException e) {
            throw file.error(subject + "has shape " + sizes + ", too large to count", e);
        }
    }

    StoredTensor tensor(FileBytes numbers) {
        FileBytes bytes = numbers.range("tensor \"" + name + "\"", begin, end - begin);
        return new StoredTensor(
                name, new StorageBytes(bytes, format, ByteOrder.LITTLE_ENDIAN), Layout.rowMajor(0, sizes));
    }
}
