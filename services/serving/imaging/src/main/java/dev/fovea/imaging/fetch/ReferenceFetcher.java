package dev.fovea.imaging.fetch;

import dev.fovea.inference.Ticker;
import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.inference.failure.SourceUnavailable;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Locale;

/// Fetches the bytes behind a reference, where the policy allows it.
///
/// A reference comes from a stranger and may try to reach what only this machine can reach (server-side request
/// forgery). Scheme and host must be listed, every address the host resolves to must be public or listed, the
/// connection goes to a checked address, and each redirect starts over; files must lie in a listed folder. Bytes,
/// time and redirects are limited; only the system's name resolution is not interrupted by the time limit.
///
/// **Threads:** any number, virtual ones too. **Who closes it:** its owner, after the last fetch.
public final class ReferenceFetcher implements AutoCloseable {

    private final FetchPolicy policy;
    private final FileReferences files;
    private final HttpReferences web;

    /// @throws IllegalArgumentException if an allowed folder does not exist
    public ReferenceFetcher(FetchPolicy policy) {
        this(policy, AddressResolver.system(), Ticker.system());
    }

    /// @throws IllegalArgumentException if an allowed folder does not exist
    public ReferenceFetcher(FetchPolicy policy, AddressResolver resolver, Ticker ticker) {
        this.policy = policy;
        this.files = new FileReferences(policy);
        this.web = new HttpReferences(policy, resolver, ticker);
    }

    /// The bytes of the referenced file, at most the policy's limit; a heap buffer of the caller's own.
    ///
    /// | code | when |
    /// |------|------|
    /// | `REFERENCE_INVALID` | no absolute URI, or one that names no host or no path |
    /// | `REFERENCE_NOT_ALLOWED` | scheme, host, address, folder or number of redirects |
    /// | `REFERENCE_NOT_FOUND` | no such file, or status 404 or 410 |
    /// | `REFERENCE_REFUSED` | any other status from 400 to 499 that will not pass |
    /// | `REFERENCE_TOO_LARGE` | more bytes than the limit |
    /// | `REFERENCE_TIMEOUT`, `REFERENCE_UNAVAILABLE` | a later attempt may succeed |
    ///
    /// @throws InvalidInput with one of the first five codes
    /// @throws SourceUnavailable with one of the last two
    public ByteBuffer fetch(URI reference) {
        return requireScheme(reference, policy).equals("file") ? files.read(reference) : web.get(reference);
    }

    /// The scheme in lower case.
    ///
    /// @throws InvalidInput `REFERENCE_INVALID` or `REFERENCE_NOT_ALLOWED`
    static String requireScheme(URI reference, FetchPolicy policy) {
        if (reference.getScheme() == null) {
            throw Refusals.malformed("reference " + reference + " has no scheme");
        }
        String scheme = reference.getScheme().toLowerCase(Locale.ROOT);
        if (!policy.schemes().contains(scheme)) {
            String allowed = policy.schemes().isEmpty()
                    ? "none"
                    : String.join(", ", policy.schemes().stream().sorted().toList());
            throw Refusals.notAllowed(
                    "references with scheme " + scheme + " are not allowed; configuration allows: " + allowed,
                    scheme,
                    allowed);
        }
        return scheme;
    }

    @Override
    public void close() {
        web.close();
    }
}
