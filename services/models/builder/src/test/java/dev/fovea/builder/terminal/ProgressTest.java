package dev.fovea.builder.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private static final long SECOND = 1_000_000_000;

    private final StringWriter text = new StringWriter();
    private final AtomicLong clock = new AtomicLong();

    @Test
    void aTerminalHasOneLineDrawnAgain() {
        try (Progress progress = progress(true, 40)) {
            clock.addAndGet(2 * SECOND);
            progress.advance(10);
            progress.advance(1); // too soon to draw
        }

        assertThat(text.toString())
                .isEqualTo("\r10 of 40 images (25 %), 5.0/s, 0:06 left\u001B[K" + "\r11 images in 2.0 s\u001B[K"
                        + System.lineSeparator());
    }

    @Test
    void aFileHasALineEveryTenSeconds() {
        try (Progress progress = progress(false, 7200)) {
            for (int i = 0; i < 25; i++) {
                clock.addAndGet(SECOND);
                progress.advance();
            }
        }

        assertThat(text.toString().lines())
                .containsExactly(
                        "10 of 7200 images (0 %), 1.0/s, 1:59:50 left",
                        "20 of 7200 images (0 %), 1.0/s, 1:59:40 left", "25 images in 25.0 s");
    }

    @Test
    void withoutATotalTheRateIsShown() {
        try (Progress progress = progress(false, 0)) {
            clock.addAndGet(20 * SECOND);
            progress.advance(50);
        }

        assertThat(text.toString().lines()).first().isEqualTo("50 images, 2.5/s");
    }

    private Progress progress(boolean terminal, long total) {
        return new Progress(new PrintWriter(text), terminal, clock::get, "images", total);
    }
}
