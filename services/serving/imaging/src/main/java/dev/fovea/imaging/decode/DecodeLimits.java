package dev.fovea.imaging.decode;

import java.time.Duration;

/// What an encoded image may cost. Everything but the time is checked on the header, before any pixel is allocated.
///
/// @param maxBytes encoded size, bytes; 1 to 1 GiB, default 16 MiB
/// @param maxPixels width times height; 1 to 1,000,000,000, default 50,000,000
/// @param maxSidePx longer side, pixels; 1 to 65,535, default 32,768
/// @param timeout time one decode may run; 10 ms to 10 min, default 2 s
public record DecodeLimits(int maxBytes, long maxPixels, int maxSidePx, Duration timeout) {

    private static final int MAX_BYTES_CEILING = 1 << 30;
    private static final long MAX_PIXELS_CEILING = 1_000_000_000;
    private static final int MAX_SIDE_CEILING = 65_535;

    /// @throws IllegalArgumentException if a limit is outside its range
    public DecodeLimits {
        requireRange("image bytes", maxBytes, 1, MAX_BYTES_CEILING);
        requireRange("image pixels", maxPixels, 1, MAX_PIXELS_CEILING);
        requireRange("image side (px)", maxSidePx, 1, MAX_SIDE_CEILING);
        requireRange("decode time (ms)", timeout.toMillis(), 10, 600_000);
    }

    /// 16 MiB, 50 megapixels, side 32,768 px, 2 s.
    public static DecodeLimits defaults() {
        return new DecodeLimits(16 << 20, 50_000_000, 32_768, Duration.ofSeconds(2));
    }

    private static void requireRange(String what, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "limit of " + what + " is " + value + ", outside " + least + " to " + most);
        }
    }
}
