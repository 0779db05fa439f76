package dev.fovea.retrieval.wire;

import dev.fovea.proto.v1.WriteOutcome;
import dev.fovea.vectorindex.Written;

/// What became of a write, as its message.
public final class WriteOutcomeMapping {
    private WriteOutcomeMapping() {}

    public static WriteOutcome message(Written.Outcome outcome) {
        return switch (outcome) {
            case STORED -> WriteOutcome.WRITE_OUTCOME_STORED;
            case UNCHANGED -> WriteOutcome.WRITE_OUTCOME_UNCHANGED;
            case STALE -> WriteOutcome.WRITE_OUTCOME_STALE;
        };
    }
}
