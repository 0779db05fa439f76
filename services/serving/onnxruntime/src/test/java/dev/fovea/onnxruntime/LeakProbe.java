package dev.fovea.onnxruntime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import dev.fovea.inference.session.BatchBuffers;
import dev.fovea.inference.session.ModelSession;
import dev.fovea.inference.session.OutputSet;
import dev.fovea.onnxruntime.ExecutionProvider.Cpu;
import dev.fovea.repository.ModelVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Measures, in a JVM of its own with a fixed heap, by how many bytes resident memory grows while something is done
/// many times; prints the number.
final class LeakProbe {

    private static final int BUCKET = 4;
    private static final List<AutoCloseable> LEFT_OPEN = new ArrayList<>();
    private static final OnnxRuntimeLoader LOADER = new OnnxRuntimeLoader(List.of(Cpu.withThreads(2)));

    private LeakProbe() {}

    private interface Deed {
        void once() throws Exception;
    }

    /// @param args what to do, how often to warm up, how often to do it while watching, a folder
    public static void main(String[] args) throws Exception {
        ModelVersion model = TinyModels.large(Path.of(args[3]), 1, 2, BUCKET);
        int warmUp = Integer.parseInt(args[1]);
        int times = Integer.parseInt(args[2]);
        try (ModelSession session = LOADER.load(model)) {
            Deed deed =
                    switch (args[0]) {
                        case "run" -> running(session);
                        case "explain-in-turn" -> explainingInTurn(session);
                        case "load" -> () -> load(model);
                        case "result-left-open" -> leavingResults(model);
                        case "session-left-open" -> leavingSessions(model);
                        case "buffers-left-open" -> leavingBuffers(session);
                        default -> throw new IllegalArgumentException(args[0]);
                    };
            System.out.println(growth(deed, warmUp, times));
        }
    }

    private static long growth(Deed deed, int warmUp, int times) throws Exception {
        for (int i = 0; i < warmUp; i++) {
            deed.once();
        }
        System.gc();
        long before = residentBytes();
        for (int i = 0; i < times; i++) {
            deed.once();
        }
        System.gc();
        return residentBytes() - before;
    }

    private static Deed running(ModelSession session) {
        BatchBuffers batch = session.newBuffers();
        int[] runs = {0};
        return () -> session.run(batch, 1 + runs[0]++ % BUCKET);
    }

    private static Deed explainingInTurn(ModelSession session) {
        BatchBuffers batch = session.newBuffers();
        int[] runs = {0};
        return () -> {
            int run = runs[0]++;
            session.run(batch, 1 + run / 2 % BUCKET, run % 2 == 0 ? OutputSet.ANSWERS : OutputSet.ALL);
        };
    }

    private static void load(ModelVersion model) throws Exception {
        try (ModelSession session = LOADER.load(model)) {
            session.run(session.newBuffers(), BUCKET);
        }
    }

    /// What the adapter would do without pinned outputs and without closing.
    private static Deed leavingResults(ModelVersion model) throws Exception {
        OrtEnvironment environment = OnnxRuntime.environment();
        OrtSession session = environment.createSession(model.file().toString());
        OnnxTensor input = OnnxTensor.createTensor(environment, new float[BUCKET][4096]);
        return () -> LEFT_OPEN.add(session.run(Map.of("x", input)));
    }

    private static Deed leavingSessions(ModelVersion model) {
        return () -> {
            ModelSession session = LOADER.load(model);
            session.run(session.newBuffers(), BUCKET);
            LEFT_OPEN.add(session);
        };
    }

    /// Buffers are freed with their session; one that never ends and is asked for more and more must show.
    private static Deed leavingBuffers(ModelSession session) {
        return session::newBuffers;
    }

    private static long residentBytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElseThrow();
    }
}
