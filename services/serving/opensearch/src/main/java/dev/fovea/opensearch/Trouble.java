package dev.fovea.opensearch;

import dev.fovea.inference.failure.InferenceFailure;
import dev.fovea.inference.failure.Overloaded;
import dev.fovea.inference.failure.Unavailable;
import java.time.Duration;

/// Why an attempt did not succeed though a later one may.
///
/// @param overload the cluster refused for load; otherwise it did not answer or cannot
/// @param sentence for a person
/// @param mayHaveHappened whether a write that met it may be kept all the same
record Trouble(boolean overload, String sentence, boolean mayHaveHappened) {

    static final String UNAVAILABLE = "INDEX_UNAVAILABLE";
    private static final int TOO_MANY_REQUESTS = 429;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /// Nothing was tried yet.
    static final Trouble NO_TURN = new Trouble(true, "OpenSearch is busy with earlier requests", false);

    /// @return whether a status is one that may pass: refused for load, or a failure of the cluster
    static boolean isPassing(int status) {
        return status == TOO_MANY_REQUESTS || status >= 500;
    }

    static Trouble of(int status, String reason) {
        boolean overload = status == TOO_MANY_REQUESTS;
        return new Trouble(overload, "OpenSearch answered " + reason, !overload);
    }

    static Trouble silent(String reason) {
        return new Trouble(false, "OpenSearch did not answer: " + reason, true);
    }

    /// What the caller gets when the deadline leaves no time to try again.
    InferenceFailure asFailure() {
        return overload
                ? new Overloaded("INDEX_OVERLOADED", sentence, "", "", RETRY_AFTER)
                : new Unavailable(UNAVAILABLE, sentence);
    }
}
