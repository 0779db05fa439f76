package dev.fovea.imaging.explain;

import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.imgproc.Imgproc;

/// Values to colours: dark blue for 0 over green to red for 1, from Google's Turbo map (OpenCV's
/// COLORMAP_TURBO), whose dark end is left out: it would hide the image just where the value is largest.
///
/// Loads nothing; whoever draws has loaded OpenCV. Immutable: any thread.
final class HeatColours {

    private static final int LEVELS = 256;
    private static final int OPAQUE = 256;
    private static final double STRONGEST = 0.72;
    private static final double BRIGHT = 0.9;
    private static final double DARKENED = 0.55;

    /// The photograph shines through, the more the smaller the value; 0 leaves it as it is.
    static final HeatColours OVERLAY = new HeatColours(turbo(), true);

    /// The map's colours alone.
    static final HeatColours MAP = new HeatColours(turbo(), false);

    private final byte[] colours;
    private final int[] opacities;

    private HeatColours(byte[] colours, boolean transparent) {
        this.colours = colours;
        this.opacities = new int[LEVELS];
        for (int level = 0; level < LEVELS; level++) {
            double value = level / (LEVELS - 1.0);
            opacities[level] = transparent ? (int) Math.round(OPAQUE * STRONGEST * value) : OPAQUE;
        }
    }

    /// Lays the colour of a value over a pixel.
    ///
    /// @param at position of its R
    /// @param value 0 to 1
    void colour(byte[] rgb, int at, float value) {
        int level = Math.round(value * (LEVELS - 1));
        int opacity = opacities[level];
        for (int channel = 0; channel < 3; channel++) {
            int below = rgb[at + channel] & 0xFF;
            int above = colours[3 * level + channel] & 0xFF;
            rgb[at + channel] = (byte) ((below * (OPAQUE - opacity) + above * opacity) / OPAQUE);
        }
    }

    /// For what the model did not see.
    static void darken(byte[] rgb, int at) {
        for (int channel = 0; channel < 3; channel++) {
            rgb[at + channel] = (byte) Math.round((rgb[at + channel] & 0xFF) * DARKENED);
        }
    }

    /// 256 colours, R, G, B.
    private static byte[] turbo() {
        byte[] levels = new byte[LEVELS];
        for (int level = 0; level < LEVELS; level++) {
            levels[level] = (byte) Math.round(BRIGHT * level);
        }
        Mat grey = new Mat(1, LEVELS, CvType.CV_8UC1);
        Mat colours = new Mat();
        try {
            grey.put(0, 0, levels);
            Imgproc.applyColorMap(grey, colours, Imgproc.COLORMAP_TURBO); // B, G, R
            Imgproc.cvtColor(colours, colours, Imgproc.COLOR_BGR2RGB);
            byte[] rgb = new byte[3 * LEVELS];
            colours.get(0, 0, rgb);
            return rgb;
        } finally {
            grey.release();
            colours.release();
        }
    }
}
