package dev.fovea.imaging.explain;

import dev.fovea.imaging.Image;
import dev.fovea.repository.ImagePreprocessing;
import dev.fovea.repository.ImagePreprocessing.ChannelOrder;
import dev.fovea.repository.PixelNormalization;
import java.nio.FloatBuffer;

/// Pixels as a network sees them, back to a picture: the inverse of `(value / 255 - mean) / std`. Any thread.
public final class NormalizedPixels {

    private static final int CHANNELS = 3;

    private NormalizedPixels() {}

    /// An image that a network made of its input, such as a resampled one, as a PNG.
    ///
    /// Rounded to whole numbers; what is below 0 or above 255 is cut off there.
    ///
    /// @param planes (3, height, width), normalised, channels in the model's order; the position stays
    /// @param preprocessing of the model; its order of channels, mean and std are undone
    /// @throws IllegalArgumentException if another number of values remains, or one is not finite
    public static byte[] resampled(FloatBuffer planes, int height, int width, ImagePreprocessing preprocessing) {
        if (height < 1 || width < 1 || planes.remaining() != (long) CHANNELS * height * width) {
            throw new IllegalArgumentException(
                    planes.remaining() + " values are not three planes of " + width + " x " + height + " px");
        }
        float[] values = new float[planes.remaining()];
        planes.get(planes.position(), values);
        byte[] rgb = rgb(values, preprocessing);
        try (Image picture = Image.fromRgb(width, height, rgb)) {
            return picture.encodePng();
        }
    }

    private static byte[] rgb(float[] values, ImagePreprocessing preprocessing) {
        PixelNormalization normalization = preprocessing.normalization();
        boolean blueFirst = preprocessing.channels() == ChannelOrder.BGR;
        byte[] rgb = new byte[values.length];
        int plane = values.length / CHANNELS;
        for (int channel = 0; channel < CHANNELS; channel++) {
            double mean = normalization.mean().get(channel);
            double std = normalization.std().get(channel);
            int target = blueFirst ? CHANNELS - 1 - channel : channel;
            for (int i = 0; i < plane; i++) {
                float value = values[channel * plane + i];
                if (!Float.isFinite(value)) {
                    throw new IllegalArgumentException(
                            "pixel " + i + " of channel " + channel + " is " + value + "; no picture can show that");
                }
                rgb[CHANNELS * i + target] = (byte) Math.clamp(Math.round((value * std + mean) * 255), 0, 255);
            }
        }
        return rgb;
    }
}
