package dev.fovea.inference.failure;

/// The request can never succeed: undecodable, over a limit, of the wrong shape, or for an unknown model.
public final class InvalidInput extends InferenceFailure {

    private static final long serialVersionUID = 1L;

    public InvalidInput(String code, String message) {
        this(code, message, "", "");
    }

    public InvalidInput(String code, String message, Object value, Object limit) {
        super(new Details(code, message, value.toString(), limit.toString(), null));
    }
}
