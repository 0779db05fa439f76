package dev.fovea.repository;

/// A model repository is not laid out as it must be.
public class ModelRepositoryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ModelRepositoryException(String message) {
        super(message);
    }
}
