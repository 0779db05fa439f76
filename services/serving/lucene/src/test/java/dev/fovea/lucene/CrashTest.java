package dev.fovea.lucene;

import static dev.fovea.lucene.Fixture.all;
import static dev.fovea.lucene.Fixture.open;
import static dev.fovea.lucene.Fixture.put;
import static dev.fovea.lucene.Fixture.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.vectorindex.IndexEntry;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process of its own writes and is killed (`kill -9`) in the middle of it, again and again.
class CrashTest {

    private static final int KILLS = 4;
    private static final int LEAST_BETWEEN_KILLS = 20;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path root;

    @Test
    void aKilledWriterLosesNothingThatWasDurable() throws Exception {
        var random = new Random(11);
        int durable = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            // When
            durable = writeAndKill(durable, durable + LEAST_BETWEEN_KILLS + random.nextInt(40));

            // Then
            try (LuceneVectorIndex index = open(root)) {
                List<IndexEntry> kept = all(index);
                assertThat(kept).extracting(IndexEntry::id).doesNotHaveDuplicates();
                assertThat(kept)
                        .containsAll(IntStream.range(0, durable)
                                .mapToObj(Fixture::entry)
                                .toList());
                assertThat(index.problem()).isEmpty();
            }
        }
    }

    /// Lets a process write from `first` on until it has made `enough` durable.
    ///
    /// @return entries that it said were durable, from 0 on
    private int writeAndKill(int first, int enough) throws IOException, InterruptedException {
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        root.toString(),
                        String.valueOf(first))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        int durable = first;
        try (BufferedReader said = writer.inputReader()) {
            while (durable < enough) {
                String line = said.readLine();
                assertThat(line)
                        .as("what the writer says after %d entries", durable)
                        .isNotNull();
                durable = Integer.parseInt(line) + 1;
            }
        } finally {
            writer.destroyForcibly();
        }
        assertThat(writer.waitFor()).as("the writer's end").isEqualTo(128 + 9);
        return durable;
    }

    /// Writes entries one after the other and says which is durable, until it is killed.
    static final class Writer {

        public static void main(String[] arguments) throws InterruptedException {
            try (LuceneVectorIndex index = open(Path.of(arguments[0]))) {
                for (int i = Integer.parseInt(arguments[1]); ; i++) {
                    put(index, i);
                    index.makeDurable(soon());
                    System.out.println(i);
                }
            }
        }
    }
}
