package dev.fovea.builder.evaluate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// A file that a command writes at its end, looked at before minutes of work, not after them.
public final class OutputFile {

    private OutputFile() {}

    /// @param option that names the file: `--plot`
    /// @throws IOException if the file cannot be written: its folder is missing, a folder is in its place, or the
    ///     user may not, naming the option and the path
    public static void requireWritable(String option, Optional<Path> file) throws IOException {
        if (file.isPresent()) {
            Optional<String> obstacle = obstacle(file.get());
            if (obstacle.isPresent()) {
                throw new IOException(option + " " + file.get() + ": " + obstacle.get());
            }
        }
    }

    private static Optional<String> obstacle(Path file) {
        Path absolute = file.toAbsolutePath();
        Path folder = absolute.getParent();
        if (folder == null || Files.isDirectory(absolute)) {
            return Optional.of("that is a folder, not a file");
        }
        if (!Files.isDirectory(folder)) {
            return Optional.of(folder + " is not a folder");
        }
        boolean writable = Files.exists(absolute) ? Files.isWritable(absolute) : Files.isWritable(folder);
        return writable ? Optional.empty() : Optional.of("it may not be written by this user");
    }
}
