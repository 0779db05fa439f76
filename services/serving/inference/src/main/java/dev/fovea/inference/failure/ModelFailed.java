package dev.fovea.inference.failure;

/// The model failed on this request, also when run on it alone, and answered its stored sample right afterwards.
public final class ModelFailed extends InferenceFailure {

    private static final long serialVersionUID = 1L;

    public ModelFailed(String message, Throwable cause) {
        super(new Details("MODEL_FAILED", message, "", "", cause));
    }
}
