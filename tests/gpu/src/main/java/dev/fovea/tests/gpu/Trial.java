package dev.fovea.tests.gpu;

import dev.fovea.inference.Tensor;
import dev.fovea.inference.session.BatchBuffers;
import dev.fovea.inference.session.ModelSession;
import dev.fovea.inference.session.OutputSet;
import dev.fovea.inference.session.SessionException;
import dev.fovea.onnxruntime.ExecutionProvider;
import dev.fovea.onnxruntime.ExecutionProvider.Cpu;
import dev.fovea.onnxruntime.OnnxRuntimeLoader;
import dev.fovea.repository.ElementType;
import dev.fovea.repository.ModelVersion;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// One model tried on one provider. Everything runs on the calling thread, which owns the sessions.
final class Trial {

    /// Largest allowed difference over the largest absolute value of the processor's answer. Both compute in float32
    /// (TF32 off), in another order.
    static final double TOLERANCE = 1e-3;

    /// The difference between the provider's and the processor's answers at one bucket.
    ///
    /// @param worst largest absolute difference over the largest absolute value, over all outputs
    record Difference(int bucket, double worst) {
        boolean acceptable() {
            return worst <= TOLERANCE;
        }
    }

    private final ModelVersion model;
    private final OnnxRuntimeLoader onProvider;
    private final OnnxRuntimeLoader onProcessor;

    Trial(ModelVersion model, ExecutionProvider provider, int cpuThreads) {
        this.model = model;
        this.onProvider = new OnnxRuntimeLoader(
                provider instanceof Cpu ? List.of(provider) : List.of(provider, Cpu.withThreads(cpuThreads)));
        this.onProcessor = new OnnxRuntimeLoader(List.of(Cpu.withThreads(cpuThreads)));
    }

    OnnxRuntimeLoader loader() {
        return onProvider;
    }

    ModelVersion model() {
        return model;
    }

    /// Every bucket, full and, where it can be, part-filled.
    List<Difference> differences() throws SessionException {
        List<Difference> all = new ArrayList<>();
        try (ModelSession tried = onProvider.load(model);
                ModelSession reference = onProcessor.load(model)) {
            BatchBuffers ours = tried.newBuffers();
            BatchBuffers theirs = reference.newBuffers();
            int previous = 0;
            for (int bucket : reference.manifest().batchBuckets()) {
                double worst = difference(tried, ours, reference, theirs, bucket);
                if (bucket > previous + 1) {
                    worst = Math.max(worst, difference(tried, ours, reference, theirs, bucket - 1));
                }
                all.add(new Difference(bucket, worst));
                previous = bucket;
            }
        }
        return all;
    }

    private static double difference(
            ModelSession tried, BatchBuffers ours, ModelSession reference, BatchBuffers theirs, int rows)
            throws SessionException {
        RandomInput.fill(ours.input(), rows);
        RandomInput.fill(theirs.input(), rows);
        tried.run(ours, rows, OutputSet.ALL);
        reference.run(theirs, rows, OutputSet.ALL);
        double worst = 0;
        for (int i = 0; i < theirs.outputs().size(); i++) {
            worst = Math.max(
                    worst, relative(ours.outputs().get(i), theirs.outputs().get(i), rows));
        }
        return worst;
    }

    private static double relative(Tensor ours, Tensor theirs, int rows) {
        double largest = 0;
        double difference = 0;
        int elements = rows * theirs.itemBytes() / theirs.elementType().sizeBytes();
        for (int i = 0; i < elements; i++) {
            double expected = value(theirs, i);
            double apart = Math.abs(value(ours, i) - expected);
            if (!(apart <= Double.MAX_VALUE)) {
                return Double.POSITIVE_INFINITY; // NaN or infinite
            }
            largest = Math.max(largest, Math.abs(expected));
            difference = Math.max(difference, apart);
        }
        return difference == 0 ? 0 : difference / largest;
    }

    private static double value(Tensor tensor, int i) {
        ByteBuffer bytes = tensor.bytes();
        ElementType type = tensor.elementType();
        int at = i * type.sizeBytes();
        return switch (type) {
            case FLOAT32 -> bytes.getFloat(at);
            case FLOAT16 -> Float.float16ToFloat(bytes.getShort(at));
            case UINT8 -> bytes.get(at) & 0xFF;
            case INT64 -> bytes.getLong(at);
        };
    }
}
