package dev.fovea.inference.session;

/// A run or a load of a session that failed.
public final class SessionException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean fatal;

    /// @param fatal whether the device or the session is lost for good, so that no further run can succeed
    public SessionException(String message, Throwable cause, boolean fatal) {
        super(message, cause);
        this.fatal = fatal;
    }

    /// @param fatal whether the device or the session is lost for good, so that no further run can succeed
    public SessionException(String message, boolean fatal) {
        super(message);
        this.fatal = fatal;
    }

    public boolean fatal() {
        return fatal;
    }
}
