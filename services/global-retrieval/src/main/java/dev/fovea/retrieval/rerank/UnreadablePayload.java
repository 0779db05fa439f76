package dev.fovea.retrieval.rerank;

/// Stored bytes are not what [PayloadCodec] wrote, or were written by a newer release. The message says
/// which.
public final class UnreadablePayload extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnreadablePayload(String message) {
        super(message);
    }
}
