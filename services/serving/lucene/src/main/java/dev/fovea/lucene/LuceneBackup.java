package dev.fovea.lucene;

import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.vectorindex.CollectionSpec;
import dev.fovea.vectorindex.IndexRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.lucene.index.IndexCommit;
import org.apache.lucene.util.IOUtils;

/// Copies of an index, complete and checked. A backup is a folder like a collection's, with a
/// [BackupManifest] that is written last: without it the copy was not finished.
public final class LuceneBackup {

    private LuceneBackup() {}

    @FunctionalInterface
    interface StillWanted {
        void require() throws InterruptedException;
    }

    /// Copies the last commit, which stays as it is until it is copied.
    ///
    /// @param wanted called before each file; throws when nobody waits for the backup any more, which then
    ///     stays without a manifest
    static Backup take(OpenIndex index, CollectionSpec spec, Path target, StillWanted wanted)
            throws IOException, InterruptedException {
        requireEmpty(target);
        IndexCommit commit = index.commits().snapshot();
        try {
            Path files = target.resolve(CollectionFolder.INDEX);
            Files.createDirectories(files);
            Map<String, BackupFile> copied = new TreeMap<>();
            for (String name : commit.getFileNames()) {
                wanted.require();
                copied.put(
                        CollectionFolder.INDEX + "/" + name,
                        BackupFile.copy(index.folder().index().resolve(name), files.resolve(name)));
            }
            copied.put(
                    CollectionFolder.FORMAT,
                    BackupFile.copy(
                            index.folder().path().resolve(CollectionFolder.FORMAT),
                            target.resolve(CollectionFolder.FORMAT)));
            IOUtils.fsync(files, true);
            wanted.require();
            var manifest = new BackupManifest(IndexFormat.current(spec), copied);
            manifest.write(target);
            IOUtils.fsync(target.toAbsolutePath().getParent(), true);
            return manifest.describe(target);
        } finally {
            index.commits().release(commit);
            index.writer().deleteUnusedFiles();
        }
    }

    /// Checks every file of a backup and makes a collection of it, under its own name.
    ///
    /// @param root the engine's folder
    /// @throws IndexRefused if the backup is unfinished or damaged, names no collection, or the collection exists
    ///     under `root`
    public static Backup restore(Path backup, Path root) throws IOException {
        BackupManifest manifest = BackupManifest.read(backup);
        Path collection = root.resolve(manifest.format().spec().name());
        if (Files.exists(collection)) {
            throw new IndexRefused("there is an index in " + collection
                    + " already, a backup is not restored over it: move the folder away first");
        }
        Path unfinished = root.resolve("." + manifest.format().spec().name() + ".restoring");
        deleteAll(unfinished);
        Files.createDirectories(unfinished.resolve(CollectionFolder.INDEX));
        for (Map.Entry<String, BackupFile> file : manifest.files().entrySet()) {
            Path from = backup.resolve(file.getKey());
            file.getValue().requireSame(BackupFile.copy(from, unfinished.resolve(file.getKey())), from);
        }
        IOUtils.fsync(unfinished.resolve(CollectionFolder.INDEX), true);
        IOUtils.fsync(unfinished, true);
        DurableFiles.move(unfinished, collection);
        return manifest.describe(collection);
    }

    private static void requireEmpty(Path target) throws IOException {
        if (Files.exists(target)) {
            try (Stream<Path> inside = Files.isDirectory(target) ? Files.list(target) : Stream.of(target)) {
                if (inside.findAny().isPresent()) {
                    throw new InvalidInput(
                            "BACKUP_TARGET_INVALID", target + " is not empty: a backup needs a new folder", target, "");
                }
            }
        }
    }

    private static void deleteAll(Path unfinished) throws IOException {
        if (Files.exists(unfinished)) {
            IOUtils.rm(unfinished);
        }
    }
}
