package dev.fovea.lucene;

import static dev.fovea.lucene.Fixture.SPEC;
import static dev.fovea.lucene.Fixture.entry;
import static dev.fovea.lucene.Fixture.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.fovea.inference.Ticker;
import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.vectorindex.IndexEntry;
import dev.fovea.vectorindex.MetadataValue;
import dev.fovea.vectorindex.Written;
import dev.fovea.vectorindex.Written.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VersionedWritesTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path folder;

    @Test
    void whatLuceneRefusesIsTheCallersFaultAndChangesNothing() throws Exception {
        // Given
        IndexEntry good = entry("a", 1, 1);
        var tooLong = new MetadataValue.OfText("x".repeat(40_000)); // Lucene's limit is 32,766 bytes
        var refused = new IndexEntry("a", 2, good.vector(), Map.of("place", tooLong), good.payload());
        var opened = new CollectionFolder(folder);
        try (OpenIndex index = OpenIndex.open(opened, SPEC, LuceneSettings.of(folder), "a test");
                var threads = new OwnThreads("test-", 1, index.health(), Ticker.system())) {
            var tombstones = new Tombstones(index.writer(), Duration.ofDays(1), InstantSource.system());
            var writes = new VersionedWrites(index, new LiveVersions(), tombstones, threads);
            writes.upsert(good, soon());

            // When
            assertThatExceptionOfType(InvalidInput.class)
                    .isThrownBy(() -> writes.upsert(refused, soon()))
                    .withMessageContaining("\"a\"")
                    .extracting(InvalidInput::code)
                    .isEqualTo("ENTRY_REFUSED");

            // Then
            assertThat(index.health().problem()).isEmpty();
            assertThat(writes.upsert(good, soon())).isEqualTo(new Written(Outcome.UNCHANGED, 1));
        }
    }
}
