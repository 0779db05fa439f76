package dev.fovea.builder.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void numbersAlignRightAndWordsLeft() {
        var text = new StringWriter();

        new Table("method", "FPR95", "n")
                .row("tfeat", "0.034", 12)
                .row("OpenCV SIFT", "0.3", "-")
                .print(new PrintWriter(text));

        assertThat(text.toString().lines())
                .containsExactly(
                        "method       FPR95   n",
                        "-----------  -----  --",
                        "tfeat        0.034  12",
                        "OpenCV SIFT    0.3   -");
    }

    @Test
    void aRowOfAnotherLengthIsRefused() {
        var table = new Table("a", "b");

        assertThatThrownBy(() -> table.row("x")).hasMessage("1 cells for 2 columns: [x]");
    }
}
