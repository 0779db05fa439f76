package dev.fovea.imaging.decode;

import org.opencv.core.Core;
import org.opencv.core.Mat;

/// Turns a stored raster upright.
///
/// Source: EXIF 2.32, tag 0x0112. Named by where the stored first row and first column are in the scene.
final class ExifOrientation {

    private ExifOrientation() {}

    /// The upright raster; takes `stored` over and releases it unless it is the answer.
    static Mat upright(Mat stored, int orientation) {
        if (orientation == 1) {
            return stored;
        }
        Mat upright = new Mat();
        try {
            switch (orientation) {
                case 2 -> Core.flip(stored, upright, 1); // top, right
                case 3 -> Core.rotate(stored, upright, Core.ROTATE_180); // bottom, right
                case 4 -> Core.flip(stored, upright, 0); // bottom, left
                case 5 -> Core.transpose(stored, upright); // left, top
                case 6 -> Core.rotate(stored, upright, Core.ROTATE_90_CLOCKWISE); // right, top
                case 7 -> { // right, bottom
                    Core.transpose(stored, upright);
                    Core.rotate(upright, upright, Core.ROTATE_180);
                }
                case 8 -> Core.rotate(stored, upright, Core.ROTATE_90_COUNTERCLOCKWISE); // left, bottom
                default -> throw new IllegalArgumentException("orientation " + orientation);
            }
            return upright;
        } finally {
            stored.release();
        }
    }
}
