package dev.fovea.imaging.preprocess;

import dev.fovea.repository.PixelNormalization;
import dev.fovea.repository.PixelNormalization.Place;
import java.nio.FloatBuffer;
import org.opencv.core.Mat;

/// Bytes of pixels to planes of floats, by table. Stateless: any thread.
final class Planes {

    private static final int CHANNELS = 3;
    private static final int VALUES = 256;

    private final float[][] seen;

    Planes(PixelNormalization normalization) {
        this.seen = new float[CHANNELS][VALUES];
        boolean inService = normalization.place() == Place.SERVICE;
        for (int channel = 0; channel < CHANNELS; channel++) {
            double mean = inService ? normalization.mean().get(channel) : 0;
            double std = inService ? normalization.std().get(channel) : 1;
            for (int value = 0; value < VALUES; value++) {
                seen[channel][value] = (float) ((value / 255.0 - mean) / std);
            }
        }
    }

    /// (height, width, 3) bytes to (3, height, width) floats.
    void write(Mat pixels, FloatBuffer planes) {
        byte[] bytes = new byte[pixels.rows() * pixels.cols() * CHANNELS];
        pixels.get(0, 0, bytes);
        float[] plane = new float[bytes.length / CHANNELS];
        for (int channel = 0; channel < CHANNELS; channel++) {
            float[] values = seen[channel];
            for (int i = 0; i < plane.length; i++) {
                plane[i] = values[bytes[i * CHANNELS + channel] & 0xFF];
            }
            planes.put(plane);
        }
    }
}
