package dev.fovea.imaging.fetch;

import java.time.Duration;

/// What one fetch may cost.
///
/// @param maxBytes size of the referenced file, bytes; 1 to 1 GiB, default 16 MiB
/// @param timeout whole fetch, redirects included; 10 ms to 10 min, default 5 s
/// @param maxRedirects hops followed; 0 to 20, default 3
public record FetchLimits(int maxBytes, Duration timeout, int maxRedirects) {

    private static final int MAX_BYTES_CEILING = 1 << 30;

    /// @throws IllegalArgumentException if a limit is outside its range
    public FetchLimits {
        requireRange("reference bytes", maxBytes, 1, MAX_BYTES_CEILING);
        requireRange("reference time (ms)", timeout.toMillis(), 10, 600_000);
        requireRange("reference redirects", maxRedirects, 0, 20);
    }

    /// 16 MiB, 5 s, 3 redirects.
    public static FetchLimits defaults() {
        return new FetchLimits(16 << 20, Duration.ofSeconds(5), 3);
    }

    private static void requireRange(String what, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "limit of " + what + " is " + value + ", outside " + least + " to " + most);
        }
    }
}
