package dev.fovea.lucene;

import java.io.IOException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ReferenceManager;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.AlreadyClosedException;

/// Up to which write searches see. Listeners are told of a refresh that failed in the same words as of one
/// that had nothing to do; only the latter leaves the searcher current.
///
/// **Threads:** any asks; one at a time refreshes.
final class Refreshes implements ReferenceManager.RefreshListener {

    private final IndexWriter writer;
    private final SearcherManager searchers;
    private final IndexHealth health;
    private long started = -1;
    private volatile long seen = -1;

    Refreshes(OpenIndex index) {
        this.writer = index.writer();
        this.searchers = index.searchers();
        this.health = index.health();
    }

    /// Sequence number of the writer; -1 before the first refresh.
    long seen() {
        return seen;
    }

    @Override
    public void beforeRefresh() {
        started = writer.getMaxCompletedSequenceNumber();
    }

    @Override
    public void afterRefresh(boolean refreshed) throws IOException {
        if (refreshed || isCurrent()) {
            seen = started;
        }
    }

    /// Of a closed writer, Lucene compares the searcher with the last commit, which may lack writes.
    private boolean isCurrent() throws IOException {
        try {
            IndexSearcher searcher = searchers.acquire();
            try {
                return ((DirectoryReader) searcher.getIndexReader()).isCurrent()
                        && writer.isOpen()
                        && health.loss().isEmpty();
            } finally {
                searchers.release(searcher);
            }
        } catch (AlreadyClosedException closed) {
            return false;
        }
    }
}
