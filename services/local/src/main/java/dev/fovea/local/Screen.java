package dev.fovea.local;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.PrintStream;

/// The terminal: lines, and below them a progress bar. Where the output is no terminal, progress is a plain line
/// now and then.
///
/// Any thread may call it.
final class Screen {

    private static final int BAR = 40;
    private static final int PLAIN_STEPS = 10;
    private static final String ERASE_LINE = "\r\u001b[K";

    private final PrintStream out;
    private final boolean terminal;

    @GuardedBy("this")
    private String bar = "";

    @GuardedBy("this")
    private int plainStep;

    Screen(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    synchronized void line(String text) {
        erase();
        out.println(text);
        draw();
    }

    /// Shows how far the folder is.
    synchronized void progress(int done, int total) {
        erase();
        bar = bar(done, total);
        int step = total == 0 ? 0 : done * PLAIN_STEPS / total;
        if (terminal) {
            draw();
        } else if (step > plainStep) {
            out.println("answered " + done + " of " + total);
        }
        plainStep = step;
        out.flush();
    }

    /// Shows how far something is that has no bar, on a terminal only; each replaces the one before.
    synchronized void status(String text) {
        erase();
        bar = text;
        draw();
    }

    /// Takes the progress bar away.
    synchronized void endProgress() {
        erase();
        bar = "";
        plainStep = 0;
    }

    static String bar(int done, int total) {
        int filled = total == 0 ? BAR : (int) ((long) BAR * done / total);
        return "[" + "#".repeat(filled) + ".".repeat(BAR - filled) + "] " + done + " of " + total + " answered";
    }

    @GuardedBy("this")
    private void erase() {
        if (terminal && !bar.isEmpty()) {
            out.print(ERASE_LINE);
        }
    }

    @GuardedBy("this")
    private void draw() {
        if (terminal && !bar.isEmpty()) {
            out.print(bar);
        }
        out.flush();
    }
}
