package dev.fovea.local.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ShelteredTest {

    @Test
    void aShelteredProcessIgnoresTheTerminalsInterruptAndEndsWhenAsked() throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(Sheltered.fromTerminal(List.of("/bin/sh", "-c", "echo up; exec sleep 60"))).start();
        try {
            // The shell has replaced itself when the command speaks.
            process.inputReader().readLine();
            signal(process, "-INT");
            signal(process, "-HUP");

            assertThat(process.waitFor(300, TimeUnit.MILLISECONDS))
                    .as("ended by the interrupt")
                    .isFalse();

            process.destroy();
            assertThat(process.waitFor(10, TimeUnit.SECONDS))
                    .as("ended by SIGTERM")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    private static void signal(Process process, String signal) throws IOException, InterruptedException {
        int status = new ProcessBuilder("kill", signal, Long.toString(process.pid()))
                .start()
                .waitFor();
        assertThat(status).as("exit status of kill").isZero();
    }
}
