package dev.fovea.vectorindex;

/// How an index keeps what its graph compares. Quantised forms keep the float vectors too and put the candidates in
/// order by them.
public enum VectorStorage {
    FLOAT32,
    INT8,
    INT4,
    BINARY
}
