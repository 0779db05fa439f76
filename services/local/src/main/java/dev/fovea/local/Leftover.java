package dev.fovea.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A service of a run that was killed (SIGKILL): it would go on taking events from the next run's broker.
///
/// Called only while this run's broker holds the data folder, which no two runs can.
///
/// @param note where the process id of the running service is kept
record Leftover(Path note) {

    private static final int PATIENCE_SECONDS = 35;

    static Leftover of(DataFolder data, String service) {
        return new Leftover(data.root().resolve(service + ".pid"));
    }

    /// Ends the process that the note names, if it still runs.
    ///
    /// @return its id, or empty if there is none
    Optional<Long> end() throws IOException, InterruptedException {
        if (!Files.exists(note)) {
            return Optional.empty();
        }
        Optional<ProcessHandle> service = ProcessHandle.of(
                        Long.parseLong(Files.readString(note).strip()))
                .filter(process -> process.info().commandLine().orElse("").contains("fovea.kafka.instance-id"));
        if (service.isPresent()) {
            end(service.get());
        }
        return service.map(ProcessHandle::pid);
    }

    void write(long pid) throws IOException {
        Files.writeString(note, pid + "\n");
    }

    private static void end(ProcessHandle service) throws InterruptedException {
        service.destroy();
        try {
            service.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException stuck) {
            service.destroyForcibly();
        }
    }
}
