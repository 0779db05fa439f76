package dev.fovea.inference.failure;

/// The model cannot answer now: it is loading, draining or has lost its device. Another process may.
public final class Unavailable extends InferenceFailure {

    private static final long serialVersionUID = 1L;

    public Unavailable(String code, String message) {
        super(new Details(code, message, "", "", null));
    }
}
