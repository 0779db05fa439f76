package dev.fovea.classification;

/// Which class responses chose where an S3N looks closer.
///
/// @param score sum of p ln p over the five best classes, -ln 5 to 0
public record EntropyGate(Choice choice, float score) {
    /// The two ways.
    public enum Choice {
        /// The model was sure: the best class alone.
        BEST_CLASS,
        /// The model was unsure: the mean of the five best classes.
        FIVE_BEST_CLASSES
    }
}
