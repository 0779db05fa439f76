package dev.fovea.inference.failure;

import java.time.Duration;

/// More was asked than can be queued; the same request may succeed later.
public final class Overloaded extends InferenceFailure {

    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    /// @param retryAfter a guess at when there is room again
    public Overloaded(String code, String message, Object value, Object limit, Duration retryAfter) {
        super(new Details(code, message, value.toString(), limit.toString(), null));
        this.retryAfter = retryAfter;
    }

    public Duration retryAfter() {
        return retryAfter;
    }
}
