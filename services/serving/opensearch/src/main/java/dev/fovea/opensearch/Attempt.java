package dev.fovea.opensearch;

/// What came of asking once.
sealed interface Attempt {

    record Answered(Answer answer) implements Attempt {}

    record Failed(Trouble trouble) implements Attempt {}
}
