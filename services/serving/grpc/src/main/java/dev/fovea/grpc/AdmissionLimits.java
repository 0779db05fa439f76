package dev.fovea.grpc;

import java.time.Duration;

/// How much may be in flight over gRPC before calls are refused.
///
/// @param callsPerConnection calls of one connection; 1 to 100,000, default 256
/// @param calls calls of all connections; 1 to 1,000,000, default 1,024
/// @param bytes request bytes of all connections, encoded, and as many of answers not yet taken; 1 MiB or more, default
///     512 MiB
/// @param retryAfter told to a refused caller; default 100 ms
public record AdmissionLimits(int callsPerConnection, int calls, long bytes, Duration retryAfter) {
    private static final int MOST_PER_CONNECTION = 100_000;
    private static final int MOST_CALLS = 1_000_000;
    private static final long LEAST_BYTES = 1 << 20;

    /// @throws IllegalArgumentException if a limit is outside its range
    public AdmissionLimits {
        requireRange("gRPC calls in flight per connection", callsPerConnection, 1, MOST_PER_CONNECTION);
        requireRange("gRPC calls in flight", calls, 1, MOST_CALLS);
        requireRange("gRPC request bytes in flight", bytes, LEAST_BYTES, Long.MAX_VALUE);
        if (retryAfter.isNegative()) {
            throw new IllegalArgumentException("retry delay " + retryAfter + " is negative");
        }
    }

    /// 256 calls a connection, 1,024 calls and 512 MiB in all, retry after 100 ms.
    public static AdmissionLimits defaults() {
        return new AdmissionLimits(256, 1_024, 512L << 20, Duration.ofMillis(100));
    }

    private static void requireRange(String what, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "limit of " + what + " is " + value + ", outside " + least + " to " + most);
        }
    }
}
