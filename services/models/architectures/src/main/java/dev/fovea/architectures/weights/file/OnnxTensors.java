package dev.fovea.architectures.weights.file;

import dev.fovea.architectures.weights.WeightTensor;
import dev.fovea.architectures.weights.bytes.ByteReader;
import dev.fovea.architectures.weights.bytes.FileBytes;
import dev.fovea.onnx.OnnxInitializers;
import dev.fovea.onnx.shape.Shape;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/// The trained constants of an ONNX file; shapes, axes and scalar settings are not among them.
///
/// Unlike the other formats the file is held in memory: its tensors lie inside one message.
final class OnnxTensors {

    /// A message's own limit.
    private static final long MAX_FILE = Integer.MAX_VALUE - 8;

    private OnnxTensors() {}

    private record Constant(FileBytes file, OnnxInitializers initializers, String name, Shape shape)
            implements WeightTensor {

        @Override
        public float[] values() {
            return named(file, () -> initializers.values(name));
        }
    }

    static FileContent read(FileBytes file) {
        if (file.size() > MAX_FILE) {
            throw file.error("is an ONNX file of " + file.size() + " bytes, at most " + MAX_FILE + " are read");
        }
        OnnxInitializers initializers;
        try (ByteReader in = ByteReader.open(file, 0)) {
            byte[] bytes = in.bytes((int) file.size());
            initializers = named(file, () -> OnnxInitializers.read(bytes));
        }
        Map<String, WeightTensor> tensors = new TreeMap<>();
        initializers.names().stream().filter(initializers::isWeight).forEach(name -> {
            Shape shape = named(file, () -> initializers.shape(name));
            tensors.put(name, new Constant(file, initializers, name, shape));
        });
        return new FileContent("ONNX", tensors, Map.of(), List.of());
    }

    private static <T> T named(FileBytes file, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            throw file.error(String.valueOf(e.getMessage()), e);
        }
    }
}
