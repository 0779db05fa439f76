package dev.fovea.quarkus.config;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What runs a model's nodes.
public interface ExecutionConfig {

    @Setting(
            is = "execution providers in order: each node goes to the first that can run it; one that cannot start is"
                    + " an error; without `cpu` nothing falls back to the processor",
            oneOf = {"cpu", "cuda", "tensorrt"})
    @WithDefault("cpu")
    List<String> providers();

    CpuConfig cpu();

    CudaConfig cuda();

    TensorRtConfig tensorrt();

    /// The processor.
    interface CpuConfig {

        @Setting(is = "threads that share one run", from = "1", to = "1024", otherwise = "the processors available")
        OptionalInt threads();

        @Setting(is = "idle threads poll for work: a little faster alone, wasteful on shared processors")
        @WithDefault("false")
        boolean spinning();
    }

    /// NVIDIA GPUs through CUDA and cuDNN.
    interface CudaConfig {

        @Setting(is = "ordinal of the GPU", from = "0", to = "1023")
        @WithDefault("0")
        int deviceId();

        @Setting(is = "ceiling of a session's arena on the GPU", from = "16M", to = "1024G", otherwise = "none")
        Optional<MemorySize> memoryLimit();

        @Setting(
                is = "how the arena grows",
                oneOf = {"same-as-requested", "next-power-of-two"})
        @WithDefault("same-as-requested")
        String arenaExtension();

        @Setting(
                is = "how cuDNN chooses a convolution algorithm; an exhaustive search makes the start slow",
                oneOf = {"heuristic", "exhaustive", "default"})
        @WithDefault("heuristic")
        String convolutionSearch();

        @Setting(is = "cuDNN may take all the workspace its fastest algorithm asks for")
        @WithDefault("true")
        boolean convolutionMaxWorkspace();

        @Setting(is = "float32 products may be rounded to 10 bits of mantissa")
        @WithDefault("false")
        boolean tf32();
    }

    /// NVIDIA GPUs through TensorRT.
    interface TensorRtConfig {

        @Setting(is = "ordinal of the GPU", from = "0", to = "1023")
        @WithDefault("0")
        int deviceId();

        @Setting(is = "layers may run in half precision")
        @WithDefault("false")
        boolean float16();

        @Setting(is = "scratch memory while compiling", from = "16M", to = "1024G", otherwise = "all of the GPU's")
        Optional<MemorySize> maxWorkspace();

        @Setting(is = "folder that keeps compiled engines for the next start", otherwise = "none")
        Optional<Path> engineCache();
    }
}
