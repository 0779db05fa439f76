package dev.fovea.builder.index;

import dev.fovea.builder.index.client.Repeats;
import java.time.Duration;
import picocli.CommandLine.Option;

/// The option `--patience`.
final class PatienceOption {

    private static final int LONGEST = 86_400;

    @Option(
            names = "--patience",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "How long a call is made again while the service is overloaded or unreachable, 0 to 86400. "
                    + "Default: ${DEFAULT-VALUE}.")
    private int seconds;

    /// @throws IllegalArgumentException if it is out of range
    void check() {
        if (seconds < 0 || seconds > LONGEST) {
            throw new IllegalArgumentException("--patience " + seconds + " is outside 0 to " + LONGEST + " seconds");
        }
    }

    Repeats repeats() {
        return Repeats.within(Duration.ofSeconds(seconds));
    }
}
