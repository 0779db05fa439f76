package dev.fovea.imaging.decode;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.util.Arrays;
import org.opencv.core.Mat;

/// Rows of a Java image as 8-bit RGB, transparent pixels over white.
///
/// Samples are taken as they are stored: colour profiles are ignored, as OpenCV ignores them, and Java's own
/// conversion of grey, which takes it for linear light and brightens it, is avoided.
sealed interface RgbRows {

    /// Writes row `y` as R, G, B bytes.
    void row(int y, byte[] rgb);

    BufferedImage image();

    static RgbRows of(BufferedImage image) {
        ColorModel model = image.getColorModel();
        int colours = model.getNumColorComponents();
        int type = model.getColorSpace().getType();
        boolean stored = !(model instanceof IndexColorModel)
                && image.getRaster().getNumBands() >= colours
                && ((type == ColorSpace.TYPE_GRAY && colours == 1)
                        || (type == ColorSpace.TYPE_RGB && colours == 3)
                        || (type == ColorSpace.TYPE_CMYK && colours == 4));
        return stored ? new Stored(image, colours) : new Converted(image);
    }

    default void copyTo(Mat target, int left, int top) {
        byte[] rgb = new byte[image().getWidth() * 3];
        for (int y = 0; y < image().getHeight(); y++) {
            row(y, rgb);
            target.put(top + y, left, rgb);
        }
    }

    private static byte overWhite(double colour, double alpha) {
        return (byte) Math.round(255 * (1 - Math.clamp(alpha, 0, 1) * (1 - Math.clamp(colour, 0, 1))));
    }

    /// Grey, RGB or CMYK samples of any depth, scaled to their range.
    record Stored(BufferedImage image, int colours) implements RgbRows {

        @Override
        public void row(int y, byte[] rgb) {
            Raster raster = image.getRaster();
            int bands = raster.getNumBands();
            boolean alpha = image.getColorModel().hasAlpha() && bands > colours;
            float[] samples = raster.getPixels(0, y, image.getWidth(), 1, (float[]) null);
            double[] scales = scales(raster);
            for (int x = 0; x < image.getWidth(); x++) {
                int at = x * bands;
                double opacity = alpha ? samples[at + colours] * scales[colours] : 1;
                // Premultiplied colours already carry their share.
                double unmultiply = image.isAlphaPremultiplied() && opacity > 0 ? 1 / opacity : 1;
                for (int c = 0; c < 3; c++) {
                    double colour =
                            switch (colours) {
                                case 1 -> samples[at] * scales[0] * unmultiply;
                                case 3 -> samples[at + c] * scales[c] * unmultiply;
                                default -> (1 - samples[at + c] * scales[c]) * (1 - samples[at + 3] * scales[3]);
                            };
                    rgb[x * 3 + c] = overWhite(colour, opacity);
                }
            }
        }

        /// Per band: a 5-6-5 bitmap has bands of different depths.
        private static double[] scales(Raster raster) {
            int type = raster.getTransferType();
            boolean unit = type == DataBuffer.TYPE_FLOAT || type == DataBuffer.TYPE_DOUBLE;
            return Arrays.stream(raster.getSampleModel().getSampleSize())
                    .mapToDouble(bits -> unit ? 1 : 1 / (Math.pow(2, bits) - 1))
                    .toArray();
        }
    }

    /// Palettes and rare colour spaces, through Java's colour model.
    record Converted(BufferedImage image) implements RgbRows {

        @Override
        public void row(int y, byte[] rgb) {
            int[] argb = image.getRGB(0, y, image.getWidth(), 1, null, 0, image.getWidth());
            for (int x = 0; x < argb.length; x++) {
                double alpha = (argb[x] >>> 24) / 255.0;
                for (int c = 0; c < 3; c++) {
                    rgb[x * 3 + c] = overWhite((argb[x] >>> (16 - 8 * c) & 0xFF) / 255.0, alpha);
                }
            }
        }
    }
}
