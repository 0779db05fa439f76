package dev.fovea.repository;

/// A model repository does not hold the model or version asked for; the message names what it does hold.
public final class ModelNotFoundException extends ModelRepositoryException {

    private static final long serialVersionUID = 1L;

    public ModelNotFoundException(String message) {
        super(message);
    }
}
