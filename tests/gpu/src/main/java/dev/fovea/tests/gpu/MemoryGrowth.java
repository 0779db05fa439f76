package dev.fovea.tests.gpu;

import dev.fovea.inference.session.BatchBuffers;
import dev.fovea.inference.session.ModelSession;
import dev.fovea.inference.session.OutputSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/// By how much memory grew over many runs at all batch sizes, after a warm-up.
///
/// @param residentGrowth bytes of this process; empty where `/proc` is absent
/// @param deviceGrowth bytes in use on the GPU; empty where `nvidia-smi` does not answer
record MemoryGrowth(int runs, OptionalLong residentGrowth, OptionalLong deviceGrowth) {

    /// Compiled code and allocator slack; a leak of one output a run is far above it.
    static final long LIMIT_BYTES = 64L << 20;

    static MemoryGrowth measure(Trial trial, int runs) throws Exception {
        try (ModelSession session = trial.loader().load(trial.model())) {
            BatchBuffers buffers = session.newBuffers();
            RandomInput.fill(buffers.input(), session.manifest().maxBatch());
            repeat(
                    session,
                    buffers,
                    Math.max(runs / 10, 2 * session.manifest().batchBuckets().size()));
            System.gc();
            OptionalLong resident = residentBytes();
            OptionalLong device = deviceBytes();
            repeat(session, buffers, runs);
            System.gc();
            return new MemoryGrowth(runs, difference(residentBytes(), resident), difference(deviceBytes(), device));
        }
    }

    boolean acceptable() {
        return residentGrowth.orElse(0) < LIMIT_BYTES && deviceGrowth.orElse(0) < LIMIT_BYTES;
    }

    /// Every bucket in turn, the small ones as often as the large: what grew elsewhere was the change of sizes. Each
    /// first for the answers, then for all outputs.
    private static void repeat(ModelSession session, BatchBuffers buffers, int runs) throws Exception {
        var buckets = session.manifest().batchBuckets();
        for (int i = 0; i < runs; i++) {
            OutputSet outputs = i / buckets.size() % 2 == 0 ? OutputSet.ANSWERS : OutputSet.ALL;
            session.run(buffers, buckets.get(i % buckets.size()), outputs);
        }
    }

    private static OptionalLong difference(OptionalLong after, OptionalLong before) {
        return after.isPresent() && before.isPresent()
                ? OptionalLong.of(after.getAsLong() - before.getAsLong())
                : OptionalLong.empty();
    }

    private static OptionalLong residentBytes() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return OptionalLong.empty();
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                .findFirst();
    }

    /// Of the whole first device: in a container the process's own share is often hidden.
    private static OptionalLong deviceBytes() throws InterruptedException {
        try {
            Process process = new ProcessBuilder(
                            "nvidia-smi", "--query-gpu=memory.used", "--format=csv,noheader,nounits")
                    .redirectErrorStream(true)
                    .start();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                return OptionalLong.empty();
            }
            return OptionalLong.of(
                    Long.parseLong(answer.lines().findFirst().orElse("").strip()) << 20);
        } catch (IOException | NumberFormatException noDevice) {
            return OptionalLong.empty();
        }
    }
}
