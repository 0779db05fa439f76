package dev.fovea.tests.chart.tool;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fovea.tests.support.Checkout;
import java.io.IOException;
import java.util.List;

/// A program of this machine, run at the root of the checkout.
public final class Tool {

    private Tool() {}

    /// Whether the command can be started and ends well.
    public static boolean works(String... command) throws InterruptedException {
        try {
            Process process = start(command);
            process.getInputStream().readAllBytes();
            return process.waitFor() == 0;
        } catch (IOException absent) {
            return false;
        }
    }

    /// What the command prints, both streams together.
    ///
    /// @throws AssertionError with the output if it does not end with 0
    public static String run(String... command) throws IOException, InterruptedException {
        Process process = start(command);
        String output = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        int code = process.waitFor();
        if (code != 0) {
            throw new AssertionError(List.of(command) + " ended with " + code + ":\n" + output);
        }
        return output;
    }

    private static Process start(String... command) throws IOException {
        return new ProcessBuilder(command)
                .directory(Checkout.root().toFile())
                .redirectErrorStream(true)
                .start();
    }
}
