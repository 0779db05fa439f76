package dev.fovea.architectures.siftnet;

import dev.fovea.onnx.Value;

/// How a magnitude is shared between the two bins nearest its angle, as planes to pool and a matrix that
/// turns pooled planes into bins.
///
/// The published code gives bin k the share `hat_k = max(0, 1 - |o - k|)`, o the angle in bins, and builds
/// each bin's image with comparisons. But a hat is a sum of simpler functions of o, and pooling is linear:
/// so the simple functions are pooled, and the sum is taken over a few numbers instead of an image.
sealed interface SoftBinning permits ClippedRamps, Kinks {

    /// Number of planes R.
    int planes();

    /// **Shape:** angle and magnitude (N, 1, P) to (N, R, P).
    Value apply(Value angle, Value magnitude);

    /// Matrix from pooled planes to bins.
    ///
    /// **Shape:** (A, R), row major.
    float[] toBins();
}
