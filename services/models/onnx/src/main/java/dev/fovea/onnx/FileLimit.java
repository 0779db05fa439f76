package dev.fovea.onnx;

import dev.fovea.onnx.shape.Shape;
import java.util.List;

/// The size that an ONNX file cannot exceed: it is one protobuf message, and those end at 2 GB.
public final class FileLimit {

    /// One byte less than 2 GiB.
    static final long BYTES = Integer.MAX_VALUE;

    /// More than names, sizes and attributes of one operator or constant take.
    private static final long BYTES_PER_ENTRY = 512;

    private static final String ADVICE = "use float16, fewer classes or a smaller head, a compact pooling or PCA";

    private FileLimit() {}

    /// To be called before a large constant is read or made.
    ///
    /// @param subject what the constant is, named in the complaint
    /// @throws IllegalArgumentException if the constant alone is larger than a file can be
    public static void require(String subject, Shape shape, DataType type) {
        long bytes;
        try {
            // A graph keeps halves as float32 until they are written.
            bytes = Math.multiplyExact(shape.fixedElements(), Math.max(type.bytes(), type.isFloat() ? Float.BYTES : 1));
        } catch (ArithmeticException _) {
            bytes = Long.MAX_VALUE;
        }
        require(subject + " " + type + shape, bytes);
    }

    static void require(String graph, List<Initializer> initializers, int nodes) {
        long constants = initializers.stream().mapToLong(Initializer::fileBytes).sum();
        require("graph \"" + graph + "\"", constants + (initializers.size() + nodes) * BYTES_PER_ENTRY);
    }

    static void require(String subject, long bytes) {
        if (bytes > BYTES) {
            throw new IllegalArgumentException(
                    subject + " takes " + bytes + " bytes, an ONNX file at most " + BYTES + ": " + ADVICE);
        }
    }
}
