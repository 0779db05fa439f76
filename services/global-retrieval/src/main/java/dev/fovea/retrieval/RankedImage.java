package dev.fovea.retrieval;

import dev.fovea.retrieval.rerank.Verification;
import java.nio.ByteBuffer;
import java.util.Optional;

/// A result.
///
/// @param score inner product with the query, [-1, 1]
/// @param verification empty where it was not verified
/// @param picture JPEG of the inliers; no bytes where none was drawn
public record RankedImage(StoredImage image, float score, Optional<Verification> verification, ByteBuffer picture) {}
