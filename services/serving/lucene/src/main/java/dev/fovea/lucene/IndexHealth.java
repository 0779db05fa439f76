package dev.fovea.lucene;

import dev.fovea.inference.failure.Unavailable;
import java.io.IOException;
import java.nio.file.FileStore;
import java.util.Optional;
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
    private volatile Optional<String> ended = Optional.empty();

    IndexHealth(String collection, IndexWriter writer, FileStore disk, long reservedBytes) {
        this.collection = collection;
        this.writer = writer;
        this.disk = disk;
        this.reservedBytes = reservedBytes;
    }

    void close() {
        ended = Optional.of("the index of collection " + collection + " is closed");
    }

    boolean closed() {
        return ended.isPresent() && writer.getTragicException() == null;
    }

    /// Refreshing has ended: nothing that is written from now on would be seen.
    void lose(Throwable cause) {
        if (ended.isEmpty()) {
            LOG.error("the index of collection {} is lost until it is opened again", collection, cause);
            ended = Optional.of(lost(cause));
        }
    }

    Optional<String> problem() {
        Optional<String> broken = broken();
        return broken.isPresent() ? broken : fullDisk();
    }

    void requireOpen() {
        broken().ifPresent(sentence -> {
            throw new Unavailable(CODE, sentence);
        });
    }

    void requireWritable() {
        problem().ifPresent(sentence -> {
            throw new Unavailable(CODE, sentence);
        });
    }

    /// For an operation that failed under the engine.
    Unavailable failure(Throwable cause) {
        Optional<String> known = broken();
        if (known.isEmpty()) {
            LOG.error("an operation on collection {} failed", collection, cause);
        }
        return new Unavailable(
                CODE, known.orElseGet(() -> "an operation on collection " + collection + " failed: " + cause));
    }

    private Optional<String> broken() {
        if (ended.isPresent()) {
            return ended;
        }
        Throwable tragedy = writer.getTragicException();
        return tragedy == null ? Optional.empty() : Optional.of(lost(tragedy));
    }

    private String lost(Throwable cause) {
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
