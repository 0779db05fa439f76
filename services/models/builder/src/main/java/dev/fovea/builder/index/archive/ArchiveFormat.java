package dev.fovea.builder.index.archive;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/// How an exported collection is written.
///
/// | bytes | what |
/// |---|---|
/// | 8 | `FOVEA-IX` |
/// | 1 | format version, 1 |
/// | varint, then as many | `fovea.v1.Collection`: name, model with its digest, dimension, declared fields |
/// | varint (not 0), then as many | `fovea.v1.StoredImage`, one after the other in the order of their ids |
/// | varint 0 | the images end |
/// | 8, big-endian | number of images |
///
/// A file whose name ends with `.gz` is all of that in gzip.
final class ArchiveFormat {

    static final byte VERSION = 1;

    /// Far above what a gRPC message can hold.
    static final int MAX_MESSAGE_BYTES = 256 << 20;

    private static final byte[] MAGIC = "FOVEA-IX".getBytes(StandardCharsets.US_ASCII);

    private ArchiveFormat() {}

    static byte[] magic() {
        return MAGIC.clone();
    }

    static boolean zipped(Path file) {
        return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(".gz");
    }
}
