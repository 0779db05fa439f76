package dev.fovea.lucene;

import static dev.fovea.lucene.Fixture.SPEC;
import static dev.fovea.lucene.Fixture.all;
import static dev.fovea.lucene.Fixture.entry;
import static dev.fovea.lucene.Fixture.open;
import static dev.fovea.lucene.Fixture.put;
import static dev.fovea.lucene.Fixture.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.fovea.inference.failure.DeadlineExceeded;
import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.vectorindex.IndexEntry;
import dev.fovea.vectorindex.IndexRefused;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LuceneBackupTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path folder;

    @Test
    void aBackupHoldsWhatWasWrittenBeforeItAlthoughWritingGoesOn() throws Exception {
        // Given
        AtomicBoolean writing = new AtomicBoolean(true);
        try (LuceneVectorIndex index = open(folder.resolve("live"));
                ExecutorService thread = Executors.newSingleThreadExecutor()) {
            for (int i = 0; i < 50; i++) {
                put(index, i);
            }
            Future<Integer> written = thread.submit(() -> {
                int number = 50;
                while (writing.get()) {
                    put(index, number++);
                    index.makeDurable(soon());
                }
                return number;
            });

            // When
            Backup backup = index.backup(folder.resolve("backup"), soon());
            writing.set(false);
            written.get();

            // Then
            assertThat(backup.collection()).isEqualTo("images");
            assertThat(backup.files()).isPositive();
        }
        LuceneBackup.restore(folder.resolve("backup"), folder.resolve("restored"));
        try (LuceneVectorIndex restored = open(folder.resolve("restored"))) {
            List<IndexEntry> kept = all(restored);
            assertThat(kept).hasSizeGreaterThanOrEqualTo(50);
            assertThat(kept)
                    .containsAll(Stream.iterate(0, i -> i + 1)
                            .limit(50)
                            .map(Fixture::entry)
                            .toList());
            put(restored, 1000);
            assertThat(restored.get(List.of("id-1000"), Set.of(), soon())).hasSize(1);
        }
    }

    @Test
    void aBackupOfAnEmptyCollectionCanBeRestored() throws Exception {
        try (LuceneVectorIndex index = open(folder.resolve("live"))) {
            index.backup(folder.resolve("backup"), soon());
        }
        LuceneBackup.restore(folder.resolve("backup"), folder.resolve("restored"));
        try (LuceneVectorIndex restored = open(folder.resolve("restored"))) {
            assertThat(all(restored)).isEmpty();
        }
    }

    @Test
    void isNotRestoredOverAnIndex() throws Exception {
        backUp();

        assertThatExceptionOfType(IndexRefused.class)
                .isThrownBy(() -> LuceneBackup.restore(folder.resolve("backup"), folder.resolve("live")))
                .withMessageContaining(folder.resolve("live").resolve("images").toString());
        try (LuceneVectorIndex index = open(folder.resolve("live"))) {
            assertThat(all(index)).containsExactly(entry(1));
        }
    }

    @Test
    void aDamagedFileIsFoundAndNamed() throws Exception {
        backUp();
        Path damaged;
        try (Stream<Path> files = Files.list(folder.resolve("backup/index"))) {
            damaged = files.max(Comparator.comparingLong(file -> file.toFile().length()))
                    .orElseThrow();
        }
        Files.write(damaged, new byte[] {1}, StandardOpenOption.WRITE);

        assertThatExceptionOfType(IndexRefused.class)
                .isThrownBy(() -> LuceneBackup.restore(folder.resolve("backup"), folder.resolve("restored")))
                .withMessageContaining(damaged.getFileName().toString())
                .withMessageContaining("SHA-256");
        assertThat(folder.resolve("restored/images")).doesNotExist();
    }

    @Test
    void anUnfinishedBackupIsRefused() throws Exception {
        backUp();
        Files.delete(folder.resolve("backup/backup.properties"));

        assertThatExceptionOfType(IndexRefused.class)
                .isThrownBy(() -> LuceneBackup.restore(folder.resolve("backup"), folder.resolve("restored")))
                .withMessageContaining("interrupted");
    }

    @Test
    void aManifestCannotNameFilesElsewhere() throws Exception {
        backUp();
        Path manifest = folder.resolve("backup/backup.properties");
        Files.writeString(manifest, "file.../outside=1 " + "0".repeat(64) + "\n", StandardOpenOption.APPEND);

        assertThatExceptionOfType(IndexRefused.class)
                .isThrownBy(() -> LuceneBackup.restore(folder.resolve("backup"), folder.resolve("restored")))
                .withMessageContaining("../outside");
    }

    @Test
    void aManifestCannotNameACollectionElsewhere() throws Exception {
        backUp();
        Path manifest = folder.resolve("backup/backup.properties");
        Files.writeString(manifest, Files.readString(manifest).replace("collection=images", "collection=../elsewhere"));

        assertThatExceptionOfType(IndexRefused.class)
                .isThrownBy(() -> LuceneBackup.restore(folder.resolve("backup"), folder.resolve("restored")))
                .withMessageContaining("../elsewhere");
        assertThat(folder.resolve("elsewhere")).doesNotExist();
        assertThat(folder.resolve("restored")).doesNotExist();
    }

    @Test
    void aBackupThatNobodyWaitsForEndsWithoutAManifest() throws Exception {
        // Given
        Path target = folder.resolve("backup");
        var files = new AtomicInteger();
        LuceneBackup.StillWanted forOneFile = () -> {
            if (files.incrementAndGet() > 1) {
                throw new DeadlineExceeded("the test's time is over");
            }
        };

        // When
        var live = new CollectionFolder(folder.resolve("live"));
        try (OpenIndex index = OpenIndex.open(live, SPEC, LuceneSettings.of(folder), "a test")) {
            index.writer().addDocument(Documents.entry(entry(1)));
            index.writer().commit();
            assertThatExceptionOfType(DeadlineExceeded.class)
                    .isThrownBy(() -> LuceneBackup.take(index, SPEC, target, forOneFile));
        }

        // Then
        assertThat(target.resolve("index")).isDirectoryContaining(file -> true);
        assertThat(target.resolve("backup.properties")).doesNotExist();
    }

    @Test
    void aFolderWithSomethingInItIsNoTarget() throws Exception {
        Files.createDirectories(folder.resolve("full/of"));
        try (LuceneVectorIndex index = open(folder.resolve("live"))) {
            assertThatExceptionOfType(InvalidInput.class)
                    .isThrownBy(() -> index.backup(folder.resolve("full"), soon()))
                    .extracting(InvalidInput::code)
                    .isEqualTo("BACKUP_TARGET_INVALID");
        }
    }

    private void backUp() throws InterruptedException {
        try (LuceneVectorIndex index = open(folder.resolve("live"))) {
            put(index, 1);
            index.backup(folder.resolve("backup"), soon());
        }
    }
}
