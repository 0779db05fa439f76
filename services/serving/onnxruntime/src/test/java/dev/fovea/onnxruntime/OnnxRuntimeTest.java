package dev.fovea.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxRuntimeTest {

    private static final int LONGER_THAN_THE_TELEMETRY_SURVIVES = 20_000;

    /// Loads a model in a JVM of its own; exits with 0.
    static final class Program {

        private Program() {}

        public static void main(String[] args) throws Exception {
            var model = TinyModels.doubling(Path.of(args[0]), 1);
            try (var session = new OnnxRuntimeLoader(List.of(ExecutionProvider.Cpu.withThreads(1))).load(model)) {
                session.run(session.newBuffers(), 1);
            }
        }
    }

    @Test
    void survivesALongCommandLine(@TempDir Path folder) throws Exception {
        Path output = folder.resolve("output.txt");
        var builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Dpadding=" + "x".repeat(LONGER_THAN_THE_TELEMETRY_SURVIVES),
                "-cp",
                System.getProperty("java.class.path"),
                Program.class.getName(),
                folder.toString()));
        builder.environment().remove("ORT_DISABLE_TELEMETRY");
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        int status = process.waitFor();
        assertThat(status).as(Files.readString(output)).isZero();
    }

    @Test
    void tellsItsVersion() throws Exception {
        assertThat(OnnxRuntime.version()).matches("\\d+\\.\\d+\\.\\d+");
    }
}
