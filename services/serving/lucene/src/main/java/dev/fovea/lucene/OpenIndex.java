package dev.fovea.lucene;

import dev.fovea.vectorindex.CollectionSpec;
import dev.fovea.vectorindex.IndexRefused;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.util.Comparator;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.KeepOnlyLastCommitDeletionPolicy;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.SnapshotDeletionPolicy;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.LockObtainFailedException;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.util.IOUtils;

/// Lucene's parts of one collection, open for writing. Whoever opened it closes it, once nothing uses them
/// any more.
record OpenIndex(
        CollectionFolder folder,
        Directory directory,
        IndexWriter writer,
        SearcherManager searchers,
        SnapshotDeletionPolicy commits,
        IndexHealth health)
        implements AutoCloseable {

    /// As [NearestAcrossSegments] wants them.
    private static final Comparator<LeafReader> LARGEST_FIRST =
            Comparator.comparingInt(LeafReader::numDocs).reversed();

    /// @throws IndexRefused if what lies there does not fit, or is written by another
    static OpenIndex open(CollectionFolder folder, CollectionSpec spec, LuceneSettings settings, String process) {
        try {
            Files.createDirectories(folder.index());
            folder.requireFits(spec);
            Directory directory = new MMapDirectory(folder.index());
            try {
                return write(folder, directory, spec, settings, process);
            } catch (IOException | RuntimeException refused) {
                IOUtils.closeWhileHandlingException(directory);
                throw refused;
            }
        } catch (LockObtainFailedException held) {
            throw new IndexRefused(
                    "another process writes to the index in " + folder.path() + ", probably " + folder.likelyWriter()
                            + ": stop it, or give this one a folder of its own",
                    held);
        } catch (IndexFormatTooNewException | IndexFormatTooOldException other) {
            throw new IndexRefused(
                    "the index in " + folder.path() + " was written by a version of Lucene that this one cannot read ("
                            + other.getMessage() + "): run the version that wrote it, or re-index",
                    other);
        } catch (CorruptIndexException damaged) {
            throw new IndexRefused(
                    "the index in " + folder.path() + " is damaged (" + damaged.getMessage()
                            + "): restore it from a backup, or re-index",
                    damaged);
        } catch (IllegalArgumentException unknown) { // of a codec that this version of Lucene does not have
            throw new IndexRefused(
                    "the index in " + folder.path() + " was written in a form that this version cannot read ("
                            + unknown.getMessage() + "): run the version that wrote it, or re-index",
                    unknown);
        } catch (IOException unusable) {
            throw new IndexRefused("the index in " + folder.path() + " cannot be opened: " + unusable, unusable);
        }
    }

    private static OpenIndex write(
            CollectionFolder folder, Directory directory, CollectionSpec spec, LuceneSettings settings, String process)
            throws IOException {
        var commits = new SnapshotDeletionPolicy(new KeepOnlyLastCommitDeletionPolicy());
        FileStore disk = Files.getFileStore(folder.path());
        var writer = new IndexWriter(directory, config(spec, settings, disk).setIndexDeletionPolicy(commits));
        try {
            folder.requireFits(spec); // again, now that nobody else writes
            folder.keepFormat(spec);
            folder.signAsWriter(process);
            var health = new IndexHealth(
                    spec.name(), writer, disk, settings.writing().reservedBytes());
            return new OpenIndex(folder, directory, writer, new SearcherManager(writer, null), commits, health);
        } catch (IOException | RuntimeException refused) {
            writer.rollback();
            throw refused;
        }
    }

    private static IndexWriterConfig config(CollectionSpec spec, LuceneSettings settings, FileStore disk) {
        var merging = new TieredMergePolicy();
        merging.setNoCFSRatio(0); // so that the sizes of files say what they are kept for
        return new IndexWriterConfig()
                .setOpenMode(IndexWriterConfig.OpenMode.CREATE_OR_APPEND)
                .setCodec(new VectorCodec(spec.storage(), settings.graph()))
                .setRAMBufferSizeMB(settings.writing().ramBufferMebibytes())
                .setMergePolicy(
                        new SettlingMerges(merging, disk, settings.writing().reservedBytes()))
                .setLeafSorter(LARGEST_FIRST);
    }

    /// Makes everything durable, and gives up merges that run: the next writer merges again.
    @Override
    public void close() throws IOException {
        try (directory) {
            try (searchers) {
                if (writer.isOpen()) {
                    writer.commit();
                }
            } finally {
                writer.rollback();
            }
        }
    }
}
