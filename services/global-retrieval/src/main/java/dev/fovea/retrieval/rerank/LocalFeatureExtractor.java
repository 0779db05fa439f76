package dev.fovea.retrieval.rerank;

import dev.fovea.imaging.Image;
import dev.fovea.inference.Deadline;
import dev.fovea.inference.Lane;

/// Local features of decoded images. Any thread.
///
/// In two steps, so that the core that an image is decoded on is given back before a model is waited for.
public interface LocalFeatureExtractor {

    /// Finds the keypoints; computes, and so is called with a CPU permit held. The image may be closed
    /// afterwards.
    ///
    /// @param keypoints the strongest are kept, at least 1
    Prepared prepare(Image image, int keypoints);

    /// An image whose keypoints are known.
    interface Prepared {

        /// Waits for the model; called without a permit.
        ///
        /// @throws dev.fovea.inference.failure.InferenceFailure if the model or its service does not answer
        LocalFeatures describe(Lane lane, Deadline deadline) throws InterruptedException;
    }
}
