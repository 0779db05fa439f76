package dev.fovea.inference.failure;

/// The deadline passed before the answer was there.
public final class DeadlineExceeded extends InferenceFailure {

    private static final long serialVersionUID = 1L;

    public DeadlineExceeded(String message) {
        super(new Details("DEADLINE_EXCEEDED", message, "", "", null));
    }
}
