package dev.fovea.lucene;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.apache.lucene.util.IOUtils;

/// Small files that are either there whole, also after a power cut, or not at all.
final class DurableFiles {

    private DurableFiles() {}

    static void write(Path file, String text) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(unfinished, text);
        IOUtils.fsync(unfinished, false);
        move(unfinished, file);
    }

    /// Renames within a folder; durable when it returns.
    static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException unusual) {
            throw new IOException("the file system of " + to + " cannot rename atomically", unusual);
        }
        IOUtils.fsync(to.toAbsolutePath().getParent(), true);
    }
}
