package dev.fovea.lucene;

import static dev.fovea.lucene.Fixture.SPEC;
import static dev.fovea.lucene.Fixture.entry;
import static dev.fovea.lucene.Fixture.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.fovea.inference.Ticker;
import dev.fovea.inference.failure.Unavailable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ReferenceManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VisibilityTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path folder;

    @Test
    void aRefreshThatFailedIsNotTakenForOneThatShowsWhatWasWritten() throws Exception {
        var failing = new AtomicBoolean();
        var returned = new CountDownLatch(1);
        var opened = new CollectionFolder(folder);
        try (OpenIndex index = OpenIndex.open(opened, SPEC, LuceneSettings.of(folder), "a test")) {
            // Given
            try (var visibility = new Visibility(index, "test-refresh", Duration.ofMinutes(1), Ticker.system())) {
                index.searchers().addListener(new Failing(failing, returned));
                index.writer().addDocument(Documents.entry(entry(1)));
                visibility.await(soon());
                assertThat(documents(index)).isEqualTo(1);

                // When
                failing.set(true);
                index.writer().addDocument(Documents.entry(entry(2)));

                // Then
                assertThatExceptionOfType(Unavailable.class)
                        .isThrownBy(() -> {
                            visibility.await(soon());
                            returned.countDown();
                        })
                        .withMessageContaining("the test's disk");
            }
        }
    }

    private static int documents(OpenIndex index) throws IOException {
        IndexSearcher searcher = index.searchers().acquire();
        try {
            return searcher.getIndexReader().numDocs();
        } finally {
            index.searchers().release(searcher);
        }
    }

    /// Fails a refresh once Lucene noted what it would show, and leaves a waiter some time to return before
    /// the failure is known.
    private record Failing(AtomicBoolean failing, CountDownLatch returned) implements ReferenceManager.RefreshListener {
        @Override
        public void beforeRefresh() throws IOException {
            if (failing.get()) {
                throw new IOException("the test's disk");
            }
        }

        @Override
        public void afterRefresh(boolean refreshed) throws IOException {
            try {
                if (failing.get()) {
                    boolean unused = returned.await(300, TimeUnit.MILLISECONDS);
                }
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
