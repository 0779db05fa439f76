package dev.fovea.onnxruntime;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import ai.onnxruntime.providers.OrtTensorRTProviderOptions;
import dev.fovea.inference.session.SessionException;
import dev.fovea.onnxruntime.ExecutionProvider.Cpu;
import dev.fovea.onnxruntime.ExecutionProvider.Cuda;
import dev.fovea.onnxruntime.ExecutionProvider.TensorRt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// Session options for a list of execution providers.
final class ProviderSetup {

    private ProviderSetup() {}

    /// The caller closes the options.
    ///
    /// @throws SessionException naming the provider that cannot start and what it lacks
    static SessionOptions open(List<ExecutionProvider> providers, String runtimeVersion) throws SessionException {
        var options = new SessionOptions();
        try {
            common(options);
            for (ExecutionProvider provider : providers) {
                add(options, provider, runtimeVersion);
            }
            if (providers.stream().noneMatch(Cpu.class::isInstance)) {
                // ONNX Runtime would otherwise run what the providers cannot on the processor and say nothing.
                options.addConfigEntry("session.disable_cpu_ep_fallback", "1");
                options.setIntraOpNumThreads(1);
            }
            return options;
        } catch (OrtException refused) {
            options.close();
            throw new SessionException("session options are refused: " + refused.getMessage(), refused, false);
        } catch (SessionException | RuntimeException refused) {
            options.close();
            throw refused;
        }
    }

    private static void common(SessionOptions options) throws OrtException {
        options.setOptimizationLevel(SessionOptions.OptLevel.ALL_OPT);
        options.setExecutionMode(SessionOptions.ExecutionMode.SEQUENTIAL);
        options.setInterOpNumThreads(1);
        // Memory patterns are kept per input shape and grew without bound on CUDA: onnxruntime issue 29351.
        options.setMemoryPatternOptimization(false);
    }

    private static void add(SessionOptions options, ExecutionProvider provider, String runtimeVersion)
            throws SessionException {
        try {
            switch (provider) {
                case Cpu cpu -> addCpu(options, cpu);
                case Cuda cuda -> addCuda(options, cuda);
                case TensorRt tensorRt -> addTensorRt(options, tensorRt);
            }
        } catch (OrtException refused) {
            String message = String.valueOf(refused.getMessage());
            throw new SessionException(
                    ProviderFailure.explain(provider.name(), message, runtimeVersion), refused, true);
        }
    }

    private static void addCpu(SessionOptions options, Cpu cpu) throws OrtException {
        // The provider itself is always there, behind the others.
        options.setIntraOpNumThreads(cpu.threads());
        options.addConfigEntry("session.intra_op.allow_spinning", cpu.spinning() ? "1" : "0");
    }

    private static void addCuda(SessionOptions options, Cuda cuda) throws OrtException {
        try (var keys = new OrtCUDAProviderOptions(cuda.deviceId())) {
            if (cuda.memoryLimitBytes() > 0) {
                keys.add("gpu_mem_limit", Long.toString(cuda.memoryLimitBytes()));
            }
            keys.add("arena_extend_strategy", cuda.arenaExtension().option());
            keys.add("cudnn_conv_algo_search", cuda.convolutionSearch().name().toUpperCase(Locale.ROOT));
            keys.add("cudnn_conv_use_max_workspace", flag(cuda.convolutionMaxWorkspace()));
            keys.add("use_tf32", flag(cuda.tf32()));
            options.addCUDA(keys);
        }
    }

    private static void addTensorRt(SessionOptions options, TensorRt tensorRt) throws OrtException, SessionException {
        try (var keys = new OrtTensorRTProviderOptions(tensorRt.deviceId())) {
            keys.add("trt_fp16_enable", flag(tensorRt.float16()));
            if (tensorRt.maxWorkspaceBytes() > 0) {
                keys.add("trt_max_workspace_size", Long.toString(tensorRt.maxWorkspaceBytes()));
            }
            if (tensorRt.engineCache().isPresent()) {
                String folder = created(tensorRt.engineCache().get());
                keys.add("trt_engine_cache_enable", "1");
                keys.add("trt_engine_cache_path", folder);
                keys.add("trt_timing_cache_enable", "1");
                keys.add("trt_timing_cache_path", folder);
            }
            options.addTensorrt(keys);
        }
    }

    private static String created(Path folder) throws SessionException {
        try {
            return Files.createDirectories(folder).toString();
        } catch (IOException refused) {
            throw new SessionException(
                    "execution provider tensorrt cannot start: the folder engine-cache=" + folder
                            + " cannot be created: " + refused,
                    refused,
                    false);
        }
    }

    private static String flag(boolean value) {
        return value ? "1" : "0";
    }
}
