package dev.fovea.opensearch;

import java.time.Duration;

/// How writes of concurrent callers are grouped into requests.
///
/// @param documents in one request at most, at least 1
/// @param bytes at which a request takes no further document, at least 1; keep it well below the nodes'
///     `http.max_content_length` (100 MB) and `indexing_pressure.memory.limit` (a tenth of their heap)
/// @param linger how long the first document waits for company; not negative
/// @param requests at the same time, 1 to 64; each that is on its way leaves time for the next to fill
public record BulkLimits(int documents, int bytes, Duration linger, int requests) {

    public static final BulkLimits DEFAULT = new BulkLimits(500, 4 << 20, Duration.ofMillis(2), 4);

    /// @throws IllegalArgumentException if a value is out of its range
    public BulkLimits {
        if (documents < 1 || bytes < 1 || linger.isNegative() || requests < 1 || requests > 64) {
            throw new IllegalArgumentException("requests of " + documents + " documents, " + bytes + " bytes, after "
                    + linger + ", " + requests + " at once: each must be at least 1 (0 for the wait), and 64 at once");
        }
    }
}
