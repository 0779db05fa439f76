package dev.fovea.lucene;

import dev.fovea.inference.failure.Unavailable;
import java.io.IOException;
import java.nio.file.FileStore;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.lucene.index.IndexWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether an index can be read and written now. What is broken stays broken until the index is opened
/// again: writes that were not yet durable are lost then, and only a new start repeats them.
///
/// **Threads:** any.
final class IndexHealth {

    private static final Logger LOG = LoggerFactory.getLogger(IndexHealth.class);
    private static final String CODE = "INDEX_UNAVAILABLE";

    private final String collection;
    private final IndexWriter writer;
    private final FileStore disk;
    private final long reservedBytes;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicBoolean full = new AtomicBoolean();
    private volatile Optional<String> lost = Optional.empty();

    IndexHealth(String collection, IndexWriter writer, FileStore disk, long reservedBytes) {
        this.collection = collection;
        this.writer = writer;
        this.disk = disk;
        this.reservedBytes = reservedBytes;
    }

    /// Whether this was the first call.
    boolean close() {
        return closed.compareAndSet(false, true);
    }

    /// What broke the index, if anything did.
    Optional<String> loss() {
        if (lost.isPresent()) {
            return lost;
        }
        Throwable tragedy = writer.getTragicException();
        return tragedy == null ? Optional.empty() : Optional.of(sentence(tragedy));
    }

    /// Refreshing has ended: nothing that is written from now on would be seen.
    void lose(Throwable cause) {
        if (lost.isEmpty() && !closed.get()) {
            LOG.error("the index of collection {} is lost until it is opened again", collection, cause);
            lost = Optional.of(sentence(cause));
        }
    }

    /// What keeps searches from being answered; a full disk does not.
    Optional<String> problem() {
        return broken();
    }

    void requireOpen() {
        broken().ifPresent(sentence -> {
            throw new Unavailable(CODE, sentence);
        });
    }

    void requireWritable() {
        requireOpen();
        Optional<String> problem = fullDisk();
        if (problem.isPresent()) {
            if (full.compareAndSet(false, true)) {
                LOG.warn("{}", problem.get());
            }
            throw new Unavailable(CODE, problem.get());
        }
        if (full.compareAndSet(true, false)) {
            LOG.info("the disk of collection {} has room again, writes are accepted", collection);
        }
    }

    /// For work in the background that failed: nobody else tells of it.
    void report(Throwable cause) {
        if (broken().isEmpty()) {
            LOG.error("an operation on collection {} failed", collection, cause);
        }
    }

    /// For an operation that failed under the engine.
    Unavailable failure(Throwable cause) {
        Optional<String> known = broken();
        report(cause);
        return new Unavailable(
                CODE, known.orElseGet(() -> "an operation on collection " + collection + " failed: " + cause));
    }

    private Optional<String> broken() {
        return closed.get() ? Optional.of("the index of collection " + collection + " is closed") : loss();
    }

    private String sentence(Throwable cause) {
        return "the index of collection " + collection + " was closed by an error, nothing durable is lost: " + cause
                + "; mend the cause (a full disk, for example) and restart";
    }

    private Optional<String> fullDisk() {
        try {
            long usable = disk.getUsableSpace();
            return usable >= reservedBytes
                    ? Optional.empty()
                    : Optional.of("the disk of collection " + collection + " is full: " + usable + " bytes are free, "
                            + reservedBytes + " are reserved; writes are refused until there is room");
        } catch (IOException unknown) {
            return Optional.of("the disk of collection " + collection + " cannot be asked for its room: " + unknown);
        }
    }
}
