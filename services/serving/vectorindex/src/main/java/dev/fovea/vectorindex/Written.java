package dev.fovea.vectorindex;

/// What became of a write.
///
/// @param version that is kept now
public record Written(Outcome outcome, long version) {

    public enum Outcome {
        STORED,
        /// This version was kept before; nothing was changed.
        UNCHANGED,
        /// A higher version is kept; nothing was changed.
        STALE
    }
}
