package dev.fovea.local;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where everything is kept; a second run with the same folder continues with what is there.
record DataFolder(Path root) {

    /// Makes the folder and its parts.
    ///
    /// @throws IOException if it cannot be written, naming it
    static DataFolder create(Path root) throws IOException {
        DataFolder folder = new DataFolder(root.toAbsolutePath().normalize());
        try {
            for (Path part : new Path[] {folder.models(), folder.pictures(), folder.logs()}) {
                Files.createDirectories(part);
            }
        } catch (FileAlreadyExistsException file) {
            throw new IOException("--data " + root + ": " + file.getFile() + " is a file, not a folder", file);
        } catch (IOException unwritable) {
            throw new IOException("--data " + root + " cannot be written: " + unwritable.getMessage(), unwritable);
        }
        return folder;
    }

    Path broker() {
        return root.resolve("kafka");
    }

    Path models() {
        return root.resolve("models");
    }

    /// Rendered images that the demonstration classifier is fitted to.
    Path training() {
        return root.resolve("rendered-demo-textures");
    }

    /// Rendered images that the demonstration embedder is fitted to.
    Path words() {
        return root.resolve("rendered-demo-words");
    }

    /// The index of the images.
    Path index() {
        return root.resolve("index");
    }

    /// Images to search with.
    Path queries() {
        return root.resolve("queries");
    }

    Path samples() {
        return root.resolve("samples");
    }

    Path pictures() {
        return root.resolve("pictures");
    }

    Path logs() {
        return root.resolve("logs");
    }
}
