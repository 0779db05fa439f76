package dev.fovea.builder.release;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/// Class names, one per line in UTF-8, in the order of the scores.
public final class LabelFile {

    private LabelFile() {}

    /// @throws IOException if the file cannot be read, is no UTF-8, is empty or has an empty line, naming it
    public static List<String> read(Path file) throws IOException {
        List<String> labels;
        try {
            labels = Files.readString(file).strip().lines().map(String::strip).toList();
        } catch (CharacterCodingException e) {
            throw new IOException("labels " + file + " are not UTF-8 text", e);
        } catch (NoSuchFileException e) {
            throw new IOException("labels " + file + ": there is no such file", e);
        } catch (IOException e) {
            throw new IOException("labels " + file + ": " + e.getMessage(), e);
        }
        int blank = labels.indexOf("");
        if (labels.isEmpty() || blank >= 0) {
            throw new IOException("labels " + file + ": line " + (Math.max(blank, 0) + 1) + " is empty");
        }
        return labels;
    }
}
