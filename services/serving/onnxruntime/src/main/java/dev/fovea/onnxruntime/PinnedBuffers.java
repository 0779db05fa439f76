package dev.fovea.onnxruntime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import dev.fovea.inference.Tensor;
import dev.fovea.inference.session.BatchBuffers;
import dev.fovea.repository.ModelManifest;
import dev.fovea.repository.TensorSpec;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One direct buffer per input and output, and over it one ONNX tensor per batch bucket: ONNX Runtime reads and writes
/// our memory, and no tensor is created while serving.
///
/// Owned by the session's thread; the session closes it.
final class PinnedBuffers implements BatchBuffers, AutoCloseable {

    private final Tensor input;
    private final List<Tensor> outputs;
    private final Map<Integer, Bucket> buckets = new HashMap<>();
    private final List<OnnxTensor> open = new ArrayList<>();

    private record Bucket(Map<String, OnnxTensor> inputs, Map<String, OnnxTensor> outputs) {}

    PinnedBuffers(OrtEnvironment environment, ModelManifest manifest) {
        TensorSpec inputSpec = manifest.inputs().getFirst();
        this.input = Tensor.allocate(inputSpec, manifest.maxBatch());
        this.outputs = manifest.outputs().stream()
                .map(spec -> Tensor.allocate(spec, manifest.maxBatch()))
                .toList();
        try {
            for (int bucket : manifest.batchBuckets()) {
                Map<String, OnnxTensor> pinned = new HashMap<>();
                for (int i = 0; i < outputs.size(); i++) {
                    TensorSpec spec = manifest.outputs().get(i);
                    pinned.put(spec.name(), pin(environment, spec, outputs.get(i), bucket));
                }
                buckets.put(
                        bucket,
                        new Bucket(
                                Map.of(inputSpec.name(), pin(environment, inputSpec, input, bucket)),
                                Map.copyOf(pinned)));
            }
        } catch (OrtException impossible) {
            close();
            throw new IllegalStateException("direct memory refused by ONNX Runtime", impossible);
        }
    }

    private OnnxTensor pin(OrtEnvironment environment, TensorSpec spec, Tensor memory, int rows) throws OrtException {
        long[] shape = new long[spec.itemShape().size() + 1];
        shape[0] = rows;
        for (int i = 1; i < shape.length; i++) {
            shape[i] = spec.itemShape().get(i - 1);
        }
        OnnxTensor tensor = OnnxTensor.createTensor(
                environment, memory.bytes(0, rows), shape, GraphCheck.javaType(spec.elementType()));
        open.add(tensor);
        if (tensor.ownsBuffer()) {
            throw new IllegalStateException("tensor " + spec.name() + " was copied, not pinned");
        }
        return tensor;
    }

    @Override
    public Tensor input() {
        return input;
    }

    @Override
    public List<Tensor> outputs() {
        return outputs;
    }

    Map<String, OnnxTensor> inputs(int bucket) {
        return bucket(bucket).inputs();
    }

    Map<String, OnnxTensor> outputs(int bucket) {
        return bucket(bucket).outputs();
    }

    private Bucket bucket(int size) {
        Bucket bucket = buckets.get(size);
        if (bucket == null) {
            throw new IllegalArgumentException("no batch bucket of " + size + " rows, there are " + buckets.keySet());
        }
        return bucket;
    }

    /// Zeroes the input's rows `from` (inclusive) to `to` (exclusive), so that padding never carries an earlier
    /// caller's item.
    void zeroRows(int from, int to) {
        if (to > from) {
            MemorySegment.ofBuffer(input.bytes(from, to)).fill((byte) 0);
        }
    }

    @Override
    public void close() {
        open.forEach(OnnxTensor::close);
        open.clear();
    }
}
