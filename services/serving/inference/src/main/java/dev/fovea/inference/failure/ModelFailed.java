package dev.fovea.inference.failure;

/// The model ran and failed on this request, also when run on it alone.
public final class ModelFailed extends InferenceFailure {

    private static final long serialVersionUID = 1L;

    public ModelFailed(String message, Throwable cause) {
        super(new Details("MODEL_FAILED", message, "", "", cause));
    }
}
