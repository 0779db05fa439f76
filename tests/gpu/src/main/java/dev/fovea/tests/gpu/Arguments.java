package dev.fovea.tests.gpu;

import dev.fovea.onnxruntime.ExecutionProvider;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The program's command line.
///
/// @param provider what is compared with the processor
/// @param cpuThreads of the processor's sessions
/// @param seconds of one throughput measurement
/// @param runs of the memory measurement
record Arguments(
        ExecutionProvider provider, int cpuThreads, double seconds, int runs, Optional<Path> json, List<Path> models) {

    static final String USAGE = """
            usage: GpuProgram [--provider cuda|tensorrt|cpu] [--option KEY=VALUE ...] [--cpu-threads N]
                              [--seconds S] [--runs N] [--json FILE] MODEL_OR_REPOSITORY ...

            Compares a provider's answers with the processor's, measures its throughput behind the batcher and
            without it, and watches its memory. A model is a file <name>/<version>/model.onnx; a repository is the
            folder above its models, of which the newest versions are taken.

              --provider     what to try, default cuda; cpu tries the program itself
              --option       of the provider, for example device-id=1 or tf32=true; may be repeated
              --cpu-threads  for sessions on the processor, default: all
              --seconds      of one throughput measurement, default 3
              --runs         of the memory measurement, default 10000
              --json         also write the findings there

            exit status: 0 all well, 1 a check failed, 2 wrong arguments, 3 the provider or a model cannot start
            """;

    private static final Set<String> WITH_VALUE =
            Set.of("--provider", "--option", "--cpu-threads", "--seconds", "--runs", "--json");

    /// @throws IllegalArgumentException naming the argument that is wrong
    static Arguments parse(String... args) {
        Map<String, String> single = new HashMap<>();
        Map<String, String> options = new HashMap<>();
        List<Path> models = new ArrayList<>();
        for (int i = 0; i < args.length; i++) {
            if (!args[i].startsWith("--")) {
                models.add(Path.of(args[i]));
            } else if (!WITH_VALUE.contains(args[i]) || i + 1 == args.length) {
                throw new IllegalArgumentException("\"" + args[i] + "\" is unknown or lacks its value");
            } else if (args[i].equals("--option")) {
                String[] option = args[++i].split("=", 2);
                if (option.length < 2) {
                    throw new IllegalArgumentException("--option " + option[0] + " is not KEY=VALUE");
                }
                options.put(option[0], option[1]);
            } else {
                single.put(args[i], args[++i]);
            }
        }
        if (models.isEmpty()) {
            throw new IllegalArgumentException("no model is given");
        }
        int threads = Integer.parseInt(single.getOrDefault(
                "--cpu-threads", Integer.toString(Runtime.getRuntime().availableProcessors())));
        String provider = single.getOrDefault("--provider", "cuda");
        if (provider.equals("cpu")) {
            options.putIfAbsent("threads", Integer.toString(threads));
        }
        return new Arguments(
                ExecutionProvider.of(provider, options),
                threads,
                Double.parseDouble(single.getOrDefault("--seconds", "3")),
                Integer.parseInt(single.getOrDefault("--runs", "10000")),
                Optional.ofNullable(single.get("--json")).map(Path::of),
                List.copyOf(models));
    }
}
