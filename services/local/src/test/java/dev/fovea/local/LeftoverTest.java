package dev.fovea.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoverTest {

    @TempDir
    private Path folder = Path.of("");

    private Leftover leftover = new Leftover(Path.of("service.pid"));
    private final List<Process> started = new ArrayList<>();

    @BeforeEach
    void namesTheNote() {
        leftover = new Leftover(folder.resolve("service.pid"));
    }

    @AfterEach
    void endProcesses() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void endsTheServiceThatTheNoteNames() throws IOException, InterruptedException {
        Process service = start("fovea.kafka.instance-id=local");
        leftover.write(service.pid());

        assertThat(leftover.end()).contains(service.pid());
        assertThat(service.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void leavesAnotherProgramAloneThatGotTheSameProcessId() throws IOException, InterruptedException {
        Process other = start("something else");
        leftover.write(other.pid());

        assertThat(leftover.end()).isEmpty();
        assertThat(other.isAlive()).isTrue();
    }

    @Test
    void doesNothingInANewFolder() throws IOException, InterruptedException {
        assertThat(leftover.end()).isEmpty();
    }

    /// A process whose command line holds the text.
    private Process start(String text) throws IOException {
        Process process = new ProcessBuilder("/bin/sh", "-c", "sleep 60; exit 0", text).start();
        started.add(process);
        return process;
    }
}
