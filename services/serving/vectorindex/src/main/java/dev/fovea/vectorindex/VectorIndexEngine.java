package dev.fovea.vectorindex;

/// Opens indexes; one engine a process.
public interface VectorIndexEngine extends AutoCloseable {

    /// Opens the index of a collection, making it if there is none. Of an engine that is reached over a network, it may
    /// return before the engine answers; the index then says so as its problem.
    ///
    /// @throws IndexRefused if there is an index that does not fit, or somebody else writes to it
    VectorIndex open(CollectionSpec collection);

    @Override
    void close();
}
