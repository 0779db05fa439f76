package dev.fovea.architectures.weights;

/// Weights that cannot be read or do not fit the network; the message names the file or the tensors.
public final class WeightsException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    public WeightsException(String message) {
        super(message);
    }

    public WeightsException(String message, Throwable cause) {
        super(message, cause);
    }
}
