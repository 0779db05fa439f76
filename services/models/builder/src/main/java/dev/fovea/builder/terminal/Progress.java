package dev.fovea.builder.terminal;

import java.io.Console;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/// How far a long command is, on the error stream: one line that is drawn again and again on a terminal, a plain
/// line every ten seconds elsewhere, and a last line with the count and the time.
///
/// Any thread may advance it. Close it, so that the last line is written.
public final class Progress implements AutoCloseable {

    private static final long REDRAW_NANOS = Duration.ofMillis(100).toNanos();
    private static final long PLAIN_NANOS = Duration.ofSeconds(10).toNanos();
    private static final double NANOS_PER_SECOND = 1e9;
    private static final String ERASE_TO_END = "\u001B[K";

    private final PrintWriter err;
    private final boolean terminal;
    private final LongSupplier clock;
    private final String subject;
    private final long total;
    private final long started;
    private long done; // guarded by this
    private long written; // guarded by this
    private boolean closed; // guarded by this

    Progress(PrintWriter err, boolean terminal, LongSupplier clock, String subject, long total) {
        this.err = err;
        this.terminal = terminal;
        this.clock = clock;
        this.subject = subject;
        this.total = total;
        this.started = clock.getAsLong();
        this.written = started;
    }

    /// @param err where it is drawn
    /// @param subject what is counted, for example `images described`
    /// @param total how many there will be, at least 0; 0 if that is not known
    @SuppressWarnings("SystemConsoleNull") // null again since Java 25, where the console is not interactive
    public static Progress start(PrintWriter err, String subject, long total) {
        Console console = System.console();
        return new Progress(err, console != null && console.isTerminal(), System::nanoTime, subject, total);
    }

    /// Counts one more.
    public void advance() {
        advance(1);
    }

    /// Counts `count` more and draws if it is time to.
    public synchronized void advance(long count) {
        done += count;
        long now = clock.getAsLong();
        if (now - written >= (terminal ? REDRAW_NANOS : PLAIN_NANOS)) {
            written = now;
            if (terminal) {
                err.print("\r" + running(now) + ERASE_TO_END);
            } else {
                err.println(running(now));
            }
            err.flush();
        }
    }

    /// Writes the last line; a second call does nothing.
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        double seconds = (clock.getAsLong() - started) / NANOS_PER_SECOND;
        err.println((terminal ? "\r" : "")
                + String.format(Locale.ROOT, "%d %s in %.1f s", done, subject, seconds)
                + (terminal ? ERASE_TO_END : ""));
        err.flush();
    }

    private String running(long now) {
        double seconds = Math.max((now - started) / NANOS_PER_SECOND, Double.MIN_NORMAL);
        double rate = done / seconds;
        if (total <= 0) {
            return String.format(Locale.ROOT, "%d %s, %.1f/s", done, subject, rate);
        }
        String left = done == 0 ? "?" : clock((long) Math.ceil((total - done) / rate));
        return String.format(
                Locale.ROOT,
                "%d of %d %s (%d %%), %.1f/s, %s left",
                done,
                total,
                subject,
                100 * done / total,
                rate,
                left);
    }

    /// Minutes and seconds, hours in front where there are some.
    private static String clock(long seconds) {
        long hours = seconds / 3600;
        return hours > 0
                ? String.format(Locale.ROOT, "%d:%02d:%02d", hours, seconds % 3600 / 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
    }
}
