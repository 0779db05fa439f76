package dev.fovea.inference.failure;

import org.jspecify.annotations.Nullable;

/// Why a request was not answered. Every entrance maps the family with an exhaustive `switch`.
///
/// The code is stable and machine-readable, the message is one sentence for a person quoting value and limit. A
/// failure without a cause carries no stack trace: it is an answer, not a defect.
public abstract sealed class InferenceFailure extends RuntimeException
        permits InvalidInput, Overloaded, DeadlineExceeded, Unavailable, ModelFailed, SourceUnavailable {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final String value;
    private final String limit;

    InferenceFailure(Details details) {
        super(details.message, details.cause, false, details.cause != null);
        this.code = details.code;
        this.value = details.value;
        this.limit = details.limit;
    }

    /// For example `IMAGE_TOO_LARGE`.
    public String code() {
        return code;
    }

    /// The offending value, with its unit; empty if there is none.
    public String value() {
        return value;
    }

    /// The limit it broke, with its unit; empty if there is none.
    public String limit() {
        return limit;
    }

    record Details(
            String code,
            String message,
            String value,
            String limit,
            @Nullable Throwable cause) {}
}
