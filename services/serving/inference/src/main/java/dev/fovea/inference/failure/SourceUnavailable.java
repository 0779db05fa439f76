package dev.fovea.inference.failure;

/// A referenced image cannot be fetched now; a later attempt may succeed.
public final class SourceUnavailable extends InferenceFailure {

    private static final long serialVersionUID = 1L;

    public SourceUnavailable(String code, String message) {
        super(new Details(code, message, "", "", null));
    }

    public SourceUnavailable(String code, String message, Throwable cause) {
        super(new Details(code, message, "", "", cause));
    }
}
