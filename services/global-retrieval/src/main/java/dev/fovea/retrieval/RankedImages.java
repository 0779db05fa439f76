package dev.fovea.retrieval;

import dev.fovea.imaging.ImageSize;
import dev.fovea.inference.StageTimings;
import dev.fovea.inference.lifecycle.ModelIdentity;
import dev.fovea.vectorindex.Embedding;
import java.util.List;
import java.util.Optional;

/// The answer to an [ImageQuery].
///
/// @param model of the collection
/// @param results best first
/// @param searchedWith after expansion
/// @param image size of the query image; empty where none was sent
/// @param rerank empty without re-ranking
/// @param searchNanos in the index
public record RankedImages(
        String collection,
        ModelIdentity model,
        List<RankedImage> results,
        Embedding searchedWith,
        Optional<ImageSize> image,
        Optional<RerankSummary> rerank,
        StageTimings timings,
        long searchNanos) {
    public RankedImages {
        results = List.copyOf(results);
    }
}
