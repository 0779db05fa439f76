package dev.fovea.local.broker;

import java.util.ArrayList;
import java.util.List;

/// Commands for processes that must outlive a Ctrl-C until their starter ends them.
///
/// A terminal sends SIGINT to everything started from it at once; a broker that took it would be gone before
/// the programs that still need it. The JVM leaves a signal alone that is ignored when it starts, so a shell that
/// ignores it and then becomes the JVM is enough. SIGTERM still ends the process in good order.
public final class Sheltered {

    private Sheltered() {}

    /// The same command, deaf to the terminal's signals (interrupt and hang-up).
    public static List<String> fromTerminal(List<String> command) {
        List<String> sheltered = new ArrayList<>(List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh"));
        sheltered.addAll(command);
        return sheltered;
    }
}
