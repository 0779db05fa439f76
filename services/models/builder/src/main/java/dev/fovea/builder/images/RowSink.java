package dev.fovea.builder.images;

/// Takes a model's answers, in the order of the files.
@FunctionalInterface
public interface RowSink {

    /// @param file index of the image's file
    /// @param row the first output for that image, flattened
    void take(int file, float[] row);
}
