package dev.fovea.tests.gpu;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import dev.fovea.inference.Tensor;
import dev.fovea.inference.session.SessionException;
import dev.fovea.onnxruntime.ExecutionProvider;
import dev.fovea.onnxruntime.ExecutionProvider.Cpu;
import dev.fovea.onnxruntime.ExecutionProvider.Cuda;
import dev.fovea.onnxruntime.ExecutionProvider.TensorRt;
import dev.fovea.onnxruntime.OnnxRuntime;
import dev.fovea.repository.ElementType;
import dev.fovea.repository.ModelManifest;
import dev.fovea.repository.TensorSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// ONNX Runtime with nothing around it: one session, one batch size, input and answers pinned, run after run. What a
/// service could reach at most.
///
/// Used by one thread; whoever opens it closes it.
public final class RawLoop implements AutoCloseable {

    private final int batch;
    private final OrtSession session;
    private final List<OnnxTensor> tensors = new ArrayList<>();
    private final List<Tensor> memories = new ArrayList<>();
    private final Map<String, OnnxTensor> inputs = new HashMap<>();
    private final Map<String, OnnxTensor> outputs = new HashMap<>();

    /// @param provider with the same threads and options as the service that is compared
    public RawLoop(Path model, ModelManifest manifest, ExecutionProvider provider, int batch)
            throws OrtException, SessionException {
        OnnxRuntime.version(); // first of all: it switches the telemetry off
        this.batch = batch;
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (var options = options(provider)) {
            this.session = environment.createSession(model.toString(), options);
        }
        for (TensorSpec spec : manifest.inputs()) {
            Tensor memory = Tensor.allocate(spec, batch);
            RandomInput.fill(memory, batch);
            memories.add(memory);
            inputs.put(spec.name(), pin(environment, spec, memory));
        }
        for (TensorSpec spec : manifest.answers()) {
            outputs.put(spec.name(), pin(environment, spec, Tensor.allocate(spec, batch)));
        }
    }

    /// Copies a whole batch to where the model reads its first input; until then that is noise.
    ///
    /// @throws IllegalArgumentException if it has another number of rows
    public void load(Tensor items) {
        if (items.rows() != batch) {
            throw new IllegalArgumentException(items.rows() + " rows do not make a batch of " + batch);
        }
        memories.getFirst().bytes().put(items.bytes());
    }

    /// Runs one batch.
    ///
    /// @return its rows
    public int run() throws OrtException {
        session.run(inputs, Set.of(), outputs).close();
        return batch;
    }

    @Override
    public void close() throws OrtException {
        tensors.forEach(OnnxTensor::close);
        session.close();
    }

    private OnnxTensor pin(OrtEnvironment environment, TensorSpec spec, Tensor memory) throws OrtException {
        long[] shape = new long[spec.itemShape().size() + 1];
        shape[0] = batch;
        for (int i = 1; i < shape.length; i++) {
            shape[i] = spec.itemShape().get(i - 1);
        }
        OnnxTensor tensor = OnnxTensor.createTensor(environment, memory.bytes(), shape, type(spec.elementType()));
        tensors.add(tensor);
        return tensor;
    }

    private static OnnxJavaType type(ElementType type) {
        return switch (type) {
            case FLOAT32 -> OnnxJavaType.FLOAT;
            case FLOAT16 -> OnnxJavaType.FLOAT16;
            case UINT8 -> OnnxJavaType.UINT8;
            case INT64 -> OnnxJavaType.INT64;
        };
    }

    private static SessionOptions options(ExecutionProvider provider) throws OrtException {
        var options = new SessionOptions();
        options.setOptimizationLevel(SessionOptions.OptLevel.ALL_OPT);
        options.setInterOpNumThreads(1);
        switch (provider) {
            case Cpu cpu -> {
                options.setIntraOpNumThreads(cpu.threads());
                options.addConfigEntry("session.intra_op.allow_spinning", cpu.spinning() ? "1" : "0");
            }
            case Cuda cuda -> {
                try (var keys = new OrtCUDAProviderOptions(cuda.deviceId())) {
                    keys.add("cudnn_conv_algo_search", cuda.convolutionSearch().name());
                    keys.add("use_tf32", cuda.tf32() ? "1" : "0");
                    options.addCUDA(keys);
                }
            }
            case TensorRt tensorRt -> options.addTensorrt(tensorRt.deviceId());
        }
        return options;
    }
}
