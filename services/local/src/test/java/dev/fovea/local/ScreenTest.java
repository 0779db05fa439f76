package dev.fovea.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ScreenTest {

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @Test
    void theBarFillsWithTheShareThatIsDone() {
        assertThat(Screen.bar(0, 8)).isEqualTo("[" + ".".repeat(40) + "] 0 of 8 answered");
        assertThat(Screen.bar(2, 8)).isEqualTo("[" + "#".repeat(10) + ".".repeat(30) + "] 2 of 8 answered");
        assertThat(Screen.bar(8, 8)).isEqualTo("[" + "#".repeat(40) + "] 8 of 8 answered");
    }

    @Test
    void aTerminalKeepsTheBarBelowTheLines() {
        Screen screen = screen(true);

        screen.progress(1, 2);
        screen.line("one");

        assertThat(text()).endsWith("\r\u001b[Kone\n" + Screen.bar(1, 2));
    }

    @Test
    void elsewhereProgressIsALineForEachTenth() {
        Screen screen = screen(false);

        for (int done = 0; done <= 40; done++) {
            screen.progress(done, 40);
        }

        assertThat(text().lines()).hasSize(10).contains("answered 4 of 40", "answered 40 of 40");
        assertThat(text()).doesNotContain("\u001b");
    }

    @Test
    void aStatusReplacesTheOneBeforeAndIsForTerminalsOnly() {
        Screen screen = screen(true);
        screen.status("3 of 9");
        screen.status("4 of 9");
        screen.endProgress();

        assertThat(text()).isEqualTo("3 of 9\r\u001b[K4 of 9\r\u001b[K");

        written.reset();
        screen(false).status("3 of 9");
        assertThat(text()).isEmpty();
    }

    private Screen screen(boolean terminal) {
        return new Screen(new PrintStream(written, false, StandardCharsets.UTF_8), terminal);
    }

    private String text() {
        return written.toString(StandardCharsets.UTF_8);
    }
}
