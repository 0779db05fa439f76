package dev.fovea.onnxruntime;

import dev.fovea.inference.session.BatchBuffers;
import dev.fovea.inference.session.ModelSession;
import dev.fovea.inference.session.OutputSet;
import dev.fovea.inference.session.SessionException;
import dev.fovea.onnxruntime.ExecutionProvider.Cpu;
import java.nio.file.Path;
import java.util.List;

/// Asks for more explanations than a JVM with little direct memory can hold, and then for an answer; prints both.
final class ShortMemoryProbe {

    private static final int COPIES = 8 << 20;

    private ShortMemoryProbe() {}

    /// @param args a folder
    public static void main(String[] args) throws Exception {
        var loader = new OnnxRuntimeLoader(List.of(Cpu.withThreads(1)));
        try (ModelSession session = loader.load(TinyModels.explained(Path.of(args[0]), COPIES, 1))) {
            BatchBuffers batch = session.newBuffers();
            batch.input().floats().put(0, 7);
            try {
                session.run(batch, 1, OutputSet.ALL);
            } catch (SessionException failed) {
                System.out.println(failed.getMessage() + "; fatal: " + failed.fatal());
            }
            session.run(batch, 1);
            System.out.println(batch.outputs().getFirst().row(0)[0]);
        }
    }
}
