package dev.fovea.imaging.fetch;

import dev.fovea.imaging.OpenCv;
import java.net.URI;
import java.nio.ByteBuffer;

/// Fetches the bytes behind a reference, where the policy allows it. Any number of threads.
///
/// **Who closes it:** its owner, after the last fetch.
public final class ReferenceFetcher implements AutoCloseable {

    public ReferenceFetcher(FetchPolicy policy) {
        this(policy, AddressResolver.system());
    }

    public ReferenceFetcher(FetchPolicy policy, AddressResolver resolver) {
        OpenCv.load();
    }

    /// The bytes of the referenced file, at most the policy's limit.
    ///
    /// @throws dev.fovea.inference.failure.InvalidInput `REFERENCE_NOT_ALLOWED`, `REFERENCE_NOT_FOUND`,
    ///     `REFERENCE_TOO_LARGE`, `REFERENCE_INVALID`
    /// @throws dev.fovea.inference.failure.SourceUnavailable if it cannot be fetched now
    public ByteBuffer fetch(URI reference) {
        if (reference.isAbsolute()) {
            throw OpenCv.pending();
        }
        return ByteBuffer.allocate(0);
    }

    @Override
    public void close() {}
}
