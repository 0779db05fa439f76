package dev.fovea.builder.images;

import dev.fovea.builder.numbers.Matrix;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A model's first output for each image that could be read.
///
/// @param files index of each row's file
/// @param rows one per image
public record ImageRows(List<Integer> files, Matrix rows) {

    public ImageRows {
        files = List.copyOf(files);
    }

    /// @throws IOException if no file could be read, or the model fails
    /// @throws IllegalArgumentException if the answers of all files do not fit into memory
    /// @throws InterruptedException if the thread is interrupted
    public static ImageRows of(ImageModel model, List<Path> images, PrintWriter err)
            throws IOException, InterruptedException {
        Matrix rows = Matrix.zeros(
                images.size(), model.manifest().outputs().getFirst().itemElements());
        List<Integer> read = new ArrayList<>();
        model.run(images, err, (file, row) -> {
            rows.setRow(read.size(), row);
            read.add(file);
        });
        return new ImageRows(read, rows.head(read.size()));
    }

    /// What belongs to each file, for each row.
    public int[] of(List<Integer> perFile) {
        return files.stream().mapToInt(perFile::get).toArray();
    }
}
