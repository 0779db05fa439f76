package dev.fovea.retrieval;

/// When a write counts as done.
public enum Acknowledgement {
    /// [ImageRetriever#get] sees it; whoever asks makes it durable.
    WRITTEN,
    /// Survives the loss of every process.
    DURABLE,
    /// Durable, and every search that starts afterwards sees it.
    VISIBLE
}
