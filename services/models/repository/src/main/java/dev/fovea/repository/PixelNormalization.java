package dev.fovea.repository;

import java.util.List;

/// What the network sees of a pixel: `(value / 255 - mean) / std`, by channel in the model's order.
///
/// @param mean one number per channel, of values in [0, 1]
/// @param std one number per channel, positive
/// @param place who does it
public record PixelNormalization(List<Double> mean, List<Double> std, Place place) {

    private static final int CHANNELS = 3;

    /// Who normalises.
    public enum Place {
        /// The model's input is bytes, (N, H, W, 3); the graph converts, normalises and transposes them. Or float32,
        /// (N, 3, H, W), 0 to 1, which the graph only normalises; the input's spec says which.
        GRAPH,
        /// The model's input is float32, (N, 3, H, W), normalised; the service must do all that.
        SERVICE
    }

    /// @throws IllegalArgumentException unless there are three finite numbers of each, std positive
    public PixelNormalization {
        mean = List.copyOf(mean);
        std = List.copyOf(std);
        if (mean.size() != CHANNELS || std.size() != CHANNELS) {
            throw new IllegalArgumentException("mean " + mean + " and std " + std + " must have three numbers each");
        }
        if (!mean.stream().allMatch(Double::isFinite)
                || !std.stream().allMatch(value -> Double.isFinite(value) && value > 0)) {
            throw new IllegalArgumentException("mean " + mean + " must be finite and std " + std + " positive");
        }
    }
}
