package dev.fovea.onnxruntime;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// What runs a model's nodes, with its options. Providers are given as an ordered list: each node goes to the first
/// that can run it.
///
/// A listed provider that cannot start is an error, never a reason to try the next. Without [Cpu] in the list no node
/// may fall to the CPU: a model with a node that the listed providers cannot run is then refused.
public sealed interface ExecutionProvider {

    /// The name used in configuration, logs, metrics and the `Info` answer.
    String name();

    /// Reads a provider from configuration.
    ///
    /// @param name `cpu`, `cuda` or `tensorrt`
    /// @param options by the keys documented at [Cpu#of], [Cuda#of] and [TensorRt#of]; absent keys take the default
    /// @throws IllegalArgumentException naming the unknown provider or key, or the value and its range
    static ExecutionProvider of(String name, Map<String, String> options) {
        return switch (name) {
            case "cpu" -> Cpu.of(options);
            case "cuda" -> Cuda.of(options);
            case "tensorrt" -> TensorRt.of(options);
            default ->
                throw new IllegalArgumentException(
                        "execution provider \"" + name + "\" is unknown; there are cpu, cuda and tensorrt");
        };
    }

    /// The processor.
    ///
    /// @param threads that share one run, the session's own thread included; 1 to 1,024, default: the processors
    ///     available
    /// @param spinning whether idle threads poll for work: a little faster alone, wasteful on shared processors;
    ///     default false
    record Cpu(int threads, boolean spinning) implements ExecutionProvider {

        /// @throws IllegalArgumentException if a value is out of range
        public Cpu {
            OptionReader.requireRange("cpu", "threads", threads, 1, 1024);
        }

        public static Cpu withThreads(int threads) {
            return new Cpu(threads, false);
        }

        /// @param options `threads`, `spinning`
        /// @throws IllegalArgumentException naming the key, its value and its range
        public static Cpu of(Map<String, String> options) {
            var read = new OptionReader("cpu", options);
            var cpu = new Cpu(
                    read.integer("threads", Runtime.getRuntime().availableProcessors()), read.flag("spinning", false));
            read.refuseUnknown();
            return cpu;
        }

        @Override
        public String name() {
            return "cpu";
        }
    }

    /// NVIDIA GPUs through CUDA and cuDNN.
    ///
    /// @param deviceId ordinal of the GPU, at least 0; default 0
    /// @param memoryLimitBytes ceiling of the session's arena on the GPU: 0 for none, else at least
    ///     16 MiB; default 0. cuDNN's workspace and the CUDA context come on top
    /// @param arenaExtension default `SAME_AS_REQUESTED`: buckets are fixed, so the arena stops
    ///     growing after warm-up
    /// @param convolutionSearch default `HEURISTIC`: an exhaustive search makes every bucket's first
    ///     run slow
    /// @param convolutionMaxWorkspace whether cuDNN may take all the workspace its fastest algorithm
    ///     asks for; default true
    /// @param tf32 whether float32 products may be rounded to 10 bits of mantissa; default false, so
    ///     that answers equal the processor's to about 1e-3
    record Cuda(
            int deviceId,
            long memoryLimitBytes,
            ArenaExtension arenaExtension,
            ConvolutionSearch convolutionSearch,
            boolean convolutionMaxWorkspace,
            boolean tf32)
            implements ExecutionProvider {

        static final long MIN_MEMORY_LIMIT_BYTES = 16L << 20;

        /// @throws IllegalArgumentException if a value is out of range
        public Cuda {
            OptionReader.requireRange("cuda", "device-id", deviceId, 0, 1023);
            if (memoryLimitBytes != 0) {
                OptionReader.requireRange(
                        "cuda", "memory-limit-bytes", memoryLimitBytes, MIN_MEMORY_LIMIT_BYTES, Long.MAX_VALUE);
            }
        }

        /// All defaults.
        public static Cuda onDevice(int deviceId) {
            return new Cuda(deviceId, 0, ArenaExtension.SAME_AS_REQUESTED, ConvolutionSearch.HEURISTIC, true, false);
        }

        /// @param options `device-id`, `memory-limit-bytes`, `arena-extension` (`same-as-requested`,
        ///     `next-power-of-two`), `convolution-search` (`heuristic`, `exhaustive`, `default`),
        ///     `convolution-max-workspace`, `tf32`
        /// @throws IllegalArgumentException naming the key, its value and its range
        public static Cuda of(Map<String, String> options) {
            var read = new OptionReader("cuda", options);
            var cuda = new Cuda(
                    read.integer("device-id", 0),
                    read.bytes("memory-limit-bytes", 0),
                    read.choice("arena-extension", ArenaExtension.SAME_AS_REQUESTED),
                    read.choice("convolution-search", ConvolutionSearch.HEURISTIC),
                    read.flag("convolution-max-workspace", true),
                    read.flag("tf32", false));
            read.refuseUnknown();
            return cuda;
        }

        @Override
        public String name() {
            return "cuda";
        }
    }

    /// NVIDIA GPUs through TensorRT, which compiles the graph; list [Cuda] behind it for nodes that it
    /// cannot take.
    ///
    /// An engine is compiled while the first batch of each bucket runs, which takes seconds to minutes;
    /// the cache folder keeps it for the next start.
    ///
    /// @param deviceId ordinal of the GPU, at least 0; default 0
    /// @param float16 whether layers may run in half precision; default false
    /// @param maxWorkspaceBytes scratch memory while compiling: 0 for all of the GPU's, else at least
    ///     16 MiB; default 0
    /// @param engineCache folder for compiled engines and timings, created if absent; default none
    record TensorRt(int deviceId, boolean float16, long maxWorkspaceBytes, Optional<Path> engineCache)
            implements ExecutionProvider {

        /// @throws IllegalArgumentException if a value is out of range
        public TensorRt {
            OptionReader.requireRange("tensorrt", "device-id", deviceId, 0, 1023);
            if (maxWorkspaceBytes != 0) {
                OptionReader.requireRange(
                        "tensorrt",
                        "max-workspace-bytes",
                        maxWorkspaceBytes,
                        Cuda.MIN_MEMORY_LIMIT_BYTES,
                        Long.MAX_VALUE);
            }
        }

        /// @param options `device-id`, `float16`, `max-workspace-bytes`, `engine-cache`
        /// @throws IllegalArgumentException naming the key, its value and its range
        public static TensorRt of(Map<String, String> options) {
            var read = new OptionReader("tensorrt", options);
            var tensorRt = new TensorRt(
                    read.integer("device-id", 0),
                    read.flag("float16", false),
                    read.bytes("max-workspace-bytes", 0),
                    read.text("engine-cache").map(Path::of));
            read.refuseUnknown();
            return tensorRt;
        }

        @Override
        public String name() {
            return "tensorrt";
        }
    }

    /// How the arena on the GPU grows.
    enum ArenaExtension {
        /// By what is asked for; nothing is held in reserve.
        SAME_AS_REQUESTED("kSameAsRequested"),
        /// By doubling; fewer allocations, up to twice the memory.
        NEXT_POWER_OF_TWO("kNextPowerOfTwo");

        private final String option;

        ArenaExtension(String option) {
            this.option = option;
        }

        /// ONNX Runtime's word.
        String option() {
            return option;
        }
    }

    /// How cuDNN chooses a convolution algorithm; the names are ONNX Runtime's.
    enum ConvolutionSearch {
        HEURISTIC,
        EXHAUSTIVE,
        DEFAULT
    }
}
