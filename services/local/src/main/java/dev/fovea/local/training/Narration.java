package dev.fovea.local.training;

import java.io.Writer;

/// The error stream of a command, sorted into how far it is, what is to be read, and what went wrong.
///
/// Owned by the command's thread.
final class Narration extends Writer {

    private static final String ERASE_TO_END = "\u001B[K";

    /// How errors begin: with the command.
    private static final String ERROR = "fovea ";

    private final FoveaCommand.Narrator narrator;
    private final StringBuilder pending = new StringBuilder();
    private volatile String complaint = "";

    Narration(FoveaCommand.Narrator narrator) {
        this.narrator = narrator;
    }

    /// The last line that said what went wrong; empty if nothing did.
    String complaint() {
        return complaint;
    }

    @Override
    public void write(char[] characters, int offset, int length) {
        pending.append(characters, offset, length);
        int end = pending.indexOf("\n");
        while (end >= 0) {
            finished(shown(pending.substring(0, end)));
            pending.delete(0, end + 1);
            end = pending.indexOf("\n");
        }
    }

    @Override
    public void flush() {
        if (pending.indexOf("\r") == 0) {
            narrator.status(shown(pending.toString()));
            pending.setLength(0);
        }
    }

    @Override
    public void close() {
        flush();
    }

    private void finished(String line) {
        if (line.startsWith(ERROR)) {
            complaint = line;
        } else {
            narrator.line(line);
        }
    }

    /// What a terminal would show of it.
    private static String shown(String text) {
        String drawn = text.replace(ERASE_TO_END, "").stripTrailing();
        return drawn.substring(drawn.lastIndexOf('\r') + 1);
    }
}
