package dev.fovea.tests.contract.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fovea.tests.support.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Awkward files from strangers, through the topic.
public abstract class HostileFilesContract {

    private static final String FILES = "data/hostile";
    private static final long RESIDENT_LIMIT = 1536L << 20;

    protected abstract ServiceUnderTest service();

    @Test
    void everyHostileFileBecomesAResultOrANamedDeadLetter(@TempDir Path folder) throws Exception {
        Optional<Path> hostile = Checkout.shared(FILES);
        assumeTrue(hostile.isPresent(), Checkout.absent(FILES));
        List<Path> files = files(hostile.get());
        try (ServiceRun run = ServiceRun.start(service(), folder, 2)) {
            send(run.sender(), hostile.get(), files);
            Outcomes outcomes = run.await(
                    files.stream().map(file -> key(hostile.get(), file)).collect(Collectors.toSet()),
                    Duration.ofMinutes(5));

            assertThat(run.process().process().isAlive()).isTrue();
            assertThat(run.process().peakResidentBytes())
                    .as("peak resident bytes")
                    .isLessThan(RESIDENT_LIMIT);
            assertThat(outcomes.byKey()).hasSize(files.size());
            for (Path file : files) {
                String key = key(hostile.get(), file);
                if (!outcomes.isResult(key)) {
                    assertDeadLetter(outcomes, key, Files.readAllBytes(file));
                }
            }
            assertThat(outcomes.byKey().keySet().stream()
                            .filter(outcomes::isResult)
                            .count())
                    .as("files that are images after all")
                    .isGreaterThan(50);
        }
    }

    private static void assertDeadLetter(Outcomes outcomes, String key, byte[] original) {
        assertThat(outcomes.header(key, "dead-letter-code"))
                .as("dead letter code of " + key)
                .matches("(IMAGE|EVENT)_[A-Z_]+");
        assertThat(outcomes.header(key, "dead-letter-reason")).isNotBlank();
        assertThat(outcomes.record(key).value()).isEqualTo(original);
    }

    private static void send(Sender sender, Path root, List<Path> files) throws Exception {
        for (Path file : files) {
            sender.send(key(root, file), Files.readAllBytes(file), Map.of("Content-Type", "image/jpeg"));
        }
        sender.finish();
    }

    private static String key(Path root, Path file) {
        return root.relativize(file).toString();
    }

    private static List<Path> files(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
