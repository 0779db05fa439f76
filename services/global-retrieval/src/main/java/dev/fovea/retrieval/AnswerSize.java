package dev.fovea.retrieval;

import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.vectorindex.IndexEntry;

/// How much of an index one answer holds. Belongs to its request.
final class AnswerSize {
    /// About 200 images with everything of 400 keypoints and a thumbnail, or 1,000 embeddings of 4,096.
    static final long LIMIT_BYTES = 16 << 20;

    private long bytes;

    /// @return the entry
    /// @throws InvalidInput `ANSWER_TOO_LARGE` once all entries together are beyond [#LIMIT_BYTES]
    IndexEntry add(IndexEntry entry) {
        bytes += bytes(entry);
        if (bytes > LIMIT_BYTES) {
            throw new InvalidInput(
                    "ANSWER_TOO_LARGE",
                    "the answer would hold more than " + LIMIT_BYTES
                            + " bytes of embeddings, thumbnails and local features: ask for fewer images or parts",
                    bytes,
                    LIMIT_BYTES);
        }
        return entry;
    }

    /// Of the parts that were read.
    static long bytes(IndexEntry entry) {
        return entry.payload().remaining() + (long) Float.BYTES * entry.vector().dimension();
    }
}
