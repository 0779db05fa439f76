package dev.fovea.onnxruntime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import dev.fovea.inference.Tensor;
import dev.fovea.repository.TensorSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One direct buffer per input or output of a model, and over it one ONNX tensor per batch bucket: ONNX Runtime
/// reads and writes our memory, and no tensor is created while serving.
///
/// Owned by the session's thread; whoever made it closes it.
final class PinnedTensors implements AutoCloseable {

    private final List<Tensor> memory;
    private final Map<Integer, Map<String, OnnxTensor>> byBucket = new HashMap<>();
    private final List<OnnxTensor> open = new ArrayList<>();

    /// @param buckets ascending; the last one's rows are allocated
    /// @throws OutOfMemoryError if there is no direct memory for them
    PinnedTensors(OrtEnvironment environment, List<TensorSpec> specs, List<Integer> buckets) {
        this.memory = specs.stream()
                .map(spec -> Tensor.allocate(spec, buckets.getLast()))
                .toList();
        try {
            for (int bucket : buckets) {
                Map<String, OnnxTensor> pinned = new HashMap<>();
                for (int i = 0; i < specs.size(); i++) {
                    pinned.put(specs.get(i).name(), pin(environment, specs.get(i), memory.get(i), bucket));
                }
                byBucket.put(bucket, Map.copyOf(pinned));
            }
        } catch (OrtException impossible) {
            close();
            throw new IllegalStateException("direct memory refused by ONNX Runtime", impossible);
        }
    }

    private OnnxTensor pin(OrtEnvironment environment, TensorSpec spec, Tensor whole, int rows) throws OrtException {
        long[] shape = new long[spec.itemShape().size() + 1];
        shape[0] = rows;
        for (int i = 1; i < shape.length; i++) {
            shape[i] = spec.itemShape().get(i - 1);
        }
        OnnxTensor tensor = OnnxTensor.createTensor(
                environment, whole.bytes(0, rows), shape, GraphCheck.javaType(spec.elementType()));
        open.add(tensor);
        if (tensor.ownsBuffer()) {
            throw new IllegalStateException("tensor " + spec.name() + " was copied, not pinned");
        }
        return tensor;
    }

    /// In the order of the specs, with room for the largest bucket.
    List<Tensor> memory() {
        return memory;
    }

    /// The tensors of one bucket by name.
    Map<String, OnnxTensor> at(int bucket) {
        Map<String, OnnxTensor> tensors = byBucket.get(bucket);
        if (tensors == null) {
            throw new IllegalArgumentException(
                    "no batch bucket of " + bucket + " rows, there are " + byBucket.keySet());
        }
        return tensors;
    }

    @Override
    public void close() {
        open.forEach(OnnxTensor::close);
        open.clear();
    }
}
