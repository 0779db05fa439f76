package dev.fovea.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A program of the tests in a JVM of its own, with limits that would harm the tests beside it.
///
/// @param folder its errors go here
record ChildJvm(Path folder) {

    /// Runs it to its end, which must be a good one.
    ///
    /// @return what it printed
    String run(Class<?> program, List<String> options, String... arguments) throws IOException, InterruptedException {
        Path errors = folder.resolve("stderr.txt");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectError(errors.toFile());
        // Several malloc arenas would keep freed memory back, each for itself.
        builder.environment().put("MALLOC_ARENA_MAX", "1");
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor()).as(Files.readString(errors)).isZero();
        return printed;
    }
}
