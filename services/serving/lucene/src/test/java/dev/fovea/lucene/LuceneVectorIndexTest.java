package dev.fovea.lucene;

import static dev.fovea.lucene.Fixture.SPEC;
import static dev.fovea.lucene.Fixture.all;
import static dev.fovea.lucene.Fixture.entry;
import static dev.fovea.lucene.Fixture.open;
import static dev.fovea.lucene.Fixture.put;
import static dev.fovea.lucene.Fixture.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.fovea.inference.Deadline;
import dev.fovea.inference.failure.DeadlineExceeded;
import dev.fovea.inference.failure.Unavailable;
import dev.fovea.vectorindex.IndexRefused;
import dev.fovea.vectorindex.Written;
import dev.fovea.vectorindex.Written.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.codecs.FilterCodec;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.IOUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is Lucene's own; what every engine promises is in `tests/contract`.
class LuceneVectorIndexTest {

    private static final Instant MORNING = Instant.parse("2026-05-17T06:00:00Z");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path root;

    @Test
    void aSecondWriterIsRefusedAndToldWhoTheFirstIs() {
        try (LuceneVectorIndex first = open(root)) {
            assertThatExceptionOfType(IndexRefused.class)
                    .isThrownBy(() -> open(root))
                    .withMessageContaining(root.resolve("images").toString())
                    .withMessageContaining("process " + ProcessHandle.current().pid());
            assertThat(first.problem()).isEmpty();
        }
        open(root).close();
    }

    @Test
    void aNewerFormatIsRefused() throws Exception {
        open(root).close();
        Path format = root.resolve("images/collection.properties");
        Files.writeString(format, Files.readString(format).replace("format=1", "format=2"));

        assertThatExceptionOfType(IndexRefused.class)
                .isThrownBy(() -> open(root))
                .withMessageContaining("format 2")
                .withMessageContaining("newer version");
    }

    @Test
    void anIndexOfAnUnknownCodecIsRefused() throws Exception {
        open(root).close();
        var codec = new FilterCodec("Lucene999", Codec.getDefault()) {};
        var config = new IndexWriterConfig().setCodec(codec);
        try (var directory = FSDirectory.open(root.resolve("images/index"));
                var writer = new IndexWriter(directory, config)) {
            writer.addDocument(new Document());
        }

        assertThatExceptionOfType(IndexRefused.class)
                .isThrownBy(() -> open(root))
                .withMessageContaining(root.resolve("images").toString())
                .withMessageContaining("Lucene999");
    }

    @Test
    void anIndexWithoutAFormatIsRefused() throws Exception {
        try (LuceneVectorIndex index = open(root)) {
            put(index, 1);
        }
        Files.delete(root.resolve("images/collection.properties"));

        assertThatExceptionOfType(IndexRefused.class)
                .isThrownBy(() -> open(root))
                .withMessageContaining("collection.properties");
    }

    @Test
    void aFormatThatCannotBeReadIsRefused() throws Exception {
        open(root).close();
        Files.writeString(root.resolve("images/collection.properties"), "format=1\nstorage=FLOAT32\n");

        assertThatExceptionOfType(IndexRefused.class)
                .isThrownBy(() -> open(root))
                .withMessageContaining("damaged")
                .withMessageContaining("is missing");
    }

    @Test
    void aDeleteIsRememberedForTheRetentionAndThenForgotten() throws Exception {
        // Given
        AtomicReference<Instant> now = new AtomicReference<>(MORNING);
        LuceneSettings settings = LuceneSettings.of(root).withTombstonesFor(Duration.ofHours(10));
        try (LuceneVectorIndex index = open(settings, SPEC, now::get)) {
            index.delete("id-1", 9, soon());
            index.makeDurable(soon());

            // When
            now.set(MORNING.plus(Duration.ofHours(9)));
            put(index, 2);
            index.makeDurable(soon());
            index.awaitVisible(soon());
            Written within = index.upsert(entry("id-1", 3, 3), soon());
            now.set(MORNING.plus(Duration.ofHours(11)));
            put(index, 4);
            index.makeDurable(soon());
            index.awaitVisible(soon());
            Written after = index.upsert(entry("id-1", 3, 3), soon());

            // Then
            assertThat(within).isEqualTo(new Written(Outcome.STALE, 9));
            assertThat(after).isEqualTo(new Written(Outcome.STORED, 3));
        }
    }

    @Test
    void aFullDiskRefusesWritesOnly() throws Exception {
        try (LuceneVectorIndex index = open(root)) {
            put(index, 1);
        }
        LuceneSettings settings = LuceneSettings.of(root).withWriting(new LuceneSettings.Writing(1, 16, 1L << 40));
        try (LuceneVectorIndex index = open(settings, SPEC, () -> MORNING)) {
            assertThatExceptionOfType(Unavailable.class)
                    .isThrownBy(() -> put(index, 2))
                    .withMessageContaining("disk")
                    .withMessageContaining("1099511627776 are reserved")
                    .extracting(Unavailable::code)
                    .isEqualTo("INDEX_UNAVAILABLE");
            assertThat(index.problem()).isEmpty();
            assertThat(all(index)).containsExactly(entry(1));
            index.makeDurable(soon());
        }
    }

    @Test
    void anInterruptedCallerHarmsNoFile() throws Exception {
        try (LuceneVectorIndex index = open(root)) {
            for (int i = 0; i < 50; i++) {
                int number = i;
                Thread caller = Thread.ofVirtual().start(() -> {
                    Thread.currentThread().interrupt();
                    try {
                        put(index, number);
                        index.makeDurable(soon());
                    } catch (InterruptedException expected) {
                        Thread.currentThread().interrupt();
                    }
                });
                caller.join();
            }
            put(index, 1000);
            index.makeDurable(soon());

            assertThat(index.problem()).isEmpty();
            assertThat(index.get(List.of("id-1000"), Set.of(), soon())).hasSize(1);
        }
    }

    @Test
    void aLateCallerIsToldSo() {
        try (LuceneVectorIndex index = open(root)) {
            assertThatExceptionOfType(DeadlineExceeded.class)
                    .isThrownBy(() -> index.upsert(entry(1), new Deadline(System.nanoTime() - 1)));
        }
    }

    @Test
    void anIndexWhoseFilesVanishSaysThatItIsLost() throws Exception {
        LuceneVectorIndex index = open(root);
        put(index, 1);
        index.makeDurable(soon());
        Path files = root.resolve("images/index");
        IOUtils.rm(files);
        Files.createFile(files); // nothing can be written where Lucene's folder was

        assertThatExceptionOfType(Unavailable.class).isThrownBy(() -> {
            for (int i = 2; i < 100; i++) {
                put(index, i);
                index.makeDurable(soon());
            }
        });
        assertThat(index.problem())
                .hasValueSatisfying(problem -> assertThat(problem).contains("was closed by an error", "restart"));
        assertThatExceptionOfType(Unavailable.class).isThrownBy(() -> put(index, 200));
        assertThatExceptionOfType(Unavailable.class).isThrownBy(() -> index.makeDurable(soon()));
        assertThatExceptionOfType(Unavailable.class).isThrownBy(index::close);
    }
}
