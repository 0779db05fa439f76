package dev.fovea.tests.support.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A safetensors file of float32 tensors: 8 bytes of header length, a JSON header, raw little-endian numbers.
public record Safetensors(JsonNode header, ByteBuffer content) {

    public static Safetensors read(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        byte[] header = new byte[Math.toIntExact(bytes.getLong())];
        bytes.get(header);
        return new Safetensors(
                new ObjectMapper().readTree(new String(header, StandardCharsets.UTF_8)),
                bytes.slice().order(ByteOrder.LITTLE_ENDIAN));
    }

    /// Row `row` of a tensor, flattened.
    public float[] row(String name, int row) {
        JsonNode tensor = header.required(name);
        if (!tensor.required("dtype").textValue().equals("F32")) {
            throw new IllegalArgumentException(name + " is " + tensor.get("dtype") + ", not F32");
        }
        int rowBytes = (end(tensor) - start(tensor)) / rows(name);
        float[] values = new float[rowBytes / Float.BYTES];
        content.slice(start(tensor) + row * rowBytes, rowBytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        return values;
    }

    public List<String> names() {
        return header.properties().stream()
                .map(Map.Entry::getKey)
                .filter(name -> !name.equals("__metadata__"))
                .toList();
    }

    public List<Integer> shape(String name) {
        List<Integer> sizes = new ArrayList<>();
        header.required(name).required("shape").forEach(size -> sizes.add(size.intValue()));
        return sizes;
    }

    public int rows(String name) {
        return header.required(name).required("shape").required(0).intValue();
    }

    private static int start(JsonNode tensor) {
        return tensor.required("data_offsets").required(0).intValue();
    }

    private static int end(JsonNode tensor) {
        return tensor.required("data_offsets").required(1).intValue();
    }
}
