package dev.fovea.lucene;

import static dev.fovea.lucene.Fixture.SPEC;
import static dev.fovea.lucene.Fixture.all;
import static dev.fovea.lucene.Fixture.entry;
import static dev.fovea.lucene.Fixture.open;
import static dev.fovea.lucene.Fixture.put;
import static dev.fovea.lucene.Fixture.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.vectorindex.Hit;
import dev.fovea.vectorindex.VectorQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettlingTest {

    private static final long ROOM = 1000;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path root;

    @Test
    void anIndexThatNobodyWritesBecomesOneSegmentWhoseFilesAloneRemain() throws Exception {
        try (LuceneVectorIndex index = open(root)) {
            // Given
            for (int number = 0; number < 6; number++) {
                put(index, number);
                index.makeDurable(soon());
            }
            index.delete("id-2", 100, soon());
            index.makeDurable(soon());

            // Then
            long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
            while (segments() != 1 && System.nanoTime() < end) {
                Thread.sleep(20);
            }
            assertThat(segments()).isEqualTo(1);
            assertThat(all(index)).containsExactly(entry(0), entry(1), entry(3), entry(4), entry(5));
        }
    }

    @Test
    void whatIsWrittenWhileTheIndexSettlesIsFound() throws Exception {
        try (LuceneVectorIndex index = open(root)) {
            for (int number = 0; number < 200; number++) {
                put(index, number);
                if (number % 20 == 0) {
                    index.awaitVisible(soon());
                    Thread.sleep(150);
                }
            }
            index.awaitVisible(soon());

            var query = new VectorQuery(entry(7).vector(), 200, 200, false, -2, Optional.empty(), Set.of());
            List<Hit> hits = index.search(query, soon());

            assertThat(hits.stream().map(hit -> hit.entry().id()))
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, 200).mapToObj(n -> "id-" + n).toList());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', 0",
        "7, 0",
        "'5,5', 2",
        "'1,9', 2",
        "'1,10', 0",
        "'1,2,30', 2",
        "'1,2,29', 3",
        "'1,10,110', 0",
        "'10,10,995', 2",
        "'600,600', 0"
    })
    void segmentsBelongTogetherUntilTheLargestIsTenTimesTheRest(String sizes, int together) {
        long[] ascending = Stream.of(sizes.split(","))
                .filter(size -> !size.isEmpty())
                .mapToLong(Long::parseLong)
                .toArray();

        assertThat(SettlingMerges.together(ascending, ROOM)).isEqualTo(together);
    }

    @Test
    void aFullDiskMergesNothing() {
        assertThat(SettlingMerges.together(new long[] {1, 1, 1}, -5)).isZero();
    }

    /// On disk, by Lucene's file of each.
    private long segments() throws IOException {
        try (Stream<Path> files = Files.list(root.resolve(SPEC.name()).resolve("index"))) {
            return files.filter(file -> file.toString().endsWith(".si")).count();
        }
    }
}
