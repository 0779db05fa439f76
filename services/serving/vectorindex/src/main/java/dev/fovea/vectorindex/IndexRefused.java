package dev.fovea.vectorindex;

/// An index cannot be opened, and trying again does not help: it is of another collection or format, or another process
/// writes to it. The message says which, and what to do.
public final class IndexRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public IndexRefused(String message) {
        super(message);
    }

    public IndexRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
