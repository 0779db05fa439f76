package dev.fovea.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompletionTest {

    @TempDir
    private Path folder = Path.of("");

    private Path script = Path.of("");

    @BeforeEach
    void generateTheScript() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "this machine has no /bin/bash");
        var out = new StringWriter();
        int code = new FoveaProgram(new PrintWriter(out), new PrintWriter(out)).run("generate-completion");
        assertThat(code).isZero();
        script = Files.writeString(folder.resolve("completion.sh"), out.toString());
    }

    @Test
    void bashAcceptsTheScript() throws IOException, InterruptedException {
        assertThat(bash("-n", script.toString())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "fovea mod, models",
        "fovea models ins, inspect",
        "fovea models build siftn, siftnet",
        "fovea models build siftnet --num-spa, --num-spatial-bins",
        "fovea models build siftnet --pre, --precision",
    })
    void aBegunWordIsCompleted(String line, String completion) throws IOException, InterruptedException {
        String query = """
                source "$1"
                compopt() { :; }
                COMP_WORDS=($2); COMP_CWORD=$(( ${#COMP_WORDS[@]} - 1 )); COMP_LINE="$2"; COMP_POINT=${#2}
                _complete_fovea fovea "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
                printf '%s\\n' "${COMPREPLY[@]}"
                """;

        assertThat(bash("-c", query, "bash", script.toString(), line).lines()).contains(completion);
    }

    private static String bash(String... arguments) throws IOException, InterruptedException {
        var builder = new ProcessBuilder("/bin/bash").redirectErrorStream(true);
        builder.command().addAll(List.of(arguments));
        Process bash = builder.start();
        String text = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor()).as(text).isZero();
        return text;
    }
}
