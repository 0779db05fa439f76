package dev.fovea.imaging.preprocess;

import dev.fovea.imaging.Image;
import dev.fovea.imaging.OpenCv;
import dev.fovea.inference.Tensor;
import dev.fovea.repository.ElementType;
import dev.fovea.repository.ImagePreprocessing;
import dev.fovea.repository.ImagePreprocessing.ChannelOrder;
import dev.fovea.repository.PixelNormalization;
import dev.fovea.repository.PixelNormalization.Place;
import java.nio.FloatBuffer;
import java.util.List;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Rect;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/// Brings a whole image to what a model takes, as its manifest says. Stateless: any thread.
///
/// **Shape:** one row of a tensor that is
///
/// | element type, item shape | normalisation in the graph | in the service |
/// |---|---|---|
/// | UINT8 (height, width, 3) | 0 to 255 | refused |
/// | FLOAT32 (3, height, width) | `value / 255`, 0 to 1 | `(value / 255 - mean) / std` |
///
/// in float64, rounded once. Channels are in the model's order, and `mean` and `std` with them.
///
/// **Size.** An image of `w x h` px becomes one of `W x H` px:
///
/// | rule | scaled to | then |
/// |---|---|---|
/// | stretch | `W x H` | |
/// | crop-centre, S | shorter side S, longer `floor(S long / short)` | `W x H` from `floor((scaled - wanted) / 2)` on |
/// | pad, grey | `round(min(W / w, H / h) side)`, at least 1 | placed at `floor((wanted - scaled) / 2)`, rest grey |
///
/// Before a crop, an image more than eight times as long as wide loses its ends, of which the crop shows
/// nothing.
///
/// **Interpolation** is OpenCV's, on bytes: output pixel `x` shows the image at `(x + 0.5) w / w' - 0.5`,
/// pixel centres at integers, borders repeated, rounded to whole numbers before the normalisation. `NEAREST`
/// is OpenCV's NEAREST_EXACT, which keeps to that rule; `BICUBIC` has a = -0.75; neither those nor `BILINEAR`
/// smooth an image that shrinks. `AREA` is the mean of the covered pixels where neither side grows, else
/// OpenCV's INTER_AREA, which repeats pixels when enlarging by whole numbers. An image of the wanted size is
/// not resampled: its bytes stay as they are.
public final class ImagePreprocessor {

    private static final int CHANNELS = 3;
    private static final int VALUES = 256;

    private final ImagePreprocessing preprocessing;
    private final float[][] seen;

    public ImagePreprocessor(ImagePreprocessing preprocessing) {
        this.preprocessing = preprocessing;
        this.seen = new float[CHANNELS][VALUES];
        PixelNormalization normalization = preprocessing.normalization();
        boolean inService = normalization.place() == Place.SERVICE;
        for (int channel = 0; channel < CHANNELS; channel++) {
            double mean = inService ? normalization.mean().get(channel) : 0;
            double std = inService ? normalization.std().get(channel) : 1;
            for (int value = 0; value < VALUES; value++) {
                seen[channel][value] = (float) ((value / 255.0 - mean) / std);
            }
        }
    }

    /// Writes the image straight into one row of a tensor; nobody else may read or write that row meanwhile.
    ///
    /// @param row of `target`, from 0
    /// @throws IllegalArgumentException if the target is of another shape or type, or has no such row
    public void prepare(Image image, Tensor target, int row) {
        requireTarget(target, row);
        OpenCv.load();
        boolean bytes = target.elementType() == ElementType.UINT8;
        Mat pixels = bytes
                ? new Mat(height(), width(), CvType.CV_8UC3, target.bytes(row, row + 1))
                : new Mat(height(), width(), CvType.CV_8UC3);
        try {
            place(image.mat(), Placement.of(preprocessing, image.width(), image.height()), pixels);
            if (preprocessing.channels() == ChannelOrder.BGR) {
                Imgproc.cvtColor(pixels, pixels, Imgproc.COLOR_RGB2BGR);
            }
            if (!bytes) {
                toPlanes(pixels, target.bytes(row, row + 1).asFloatBuffer());
            }
        } finally {
            pixels.release();
        }
    }

    private void place(Mat image, Placement placement, Mat pixels) {
        if (!placement.fills(width(), height())) {
            pixels.setTo(Scalar.all(placement.grey()));
        }
        Mat from = part(image, placement.from());
        Mat at = part(pixels, placement.at());
        Mat scaled = new Mat();
        try {
            if (placement.keepsSize()) {
                from.copyTo(scaled);
            } else {
                Size size = new Size(placement.scaledWidth(), placement.scaledHeight());
                Imgproc.resize(from, scaled, size, 0, 0, interpolation());
            }
            Mat window = part(scaled, placement.window());
            window.copyTo(at);
            window.release();
        } finally {
            from.release();
            at.release();
            scaled.release();
        }
    }

    /// Shares the memory of `image`.
    private static Mat part(Mat image, Placement.Area area) {
        return image.submat(new Rect(area.x(), area.y(), area.width(), area.height()));
    }

    private int interpolation() {
        return switch (preprocessing.interpolation()) {
            case NEAREST -> Imgproc.INTER_NEAREST_EXACT;
            case BILINEAR -> Imgproc.INTER_LINEAR;
            case BICUBIC -> Imgproc.INTER_CUBIC;
            case AREA -> Imgproc.INTER_AREA;
        };
    }

    /// (height, width, 3) bytes to (3, height, width) floats.
    private void toPlanes(Mat pixels, FloatBuffer planes) {
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

    private void requireTarget(Tensor target, int row) {
        List<Integer> bytes = List.of(height(), width(), CHANNELS);
        List<Integer> floats = List.of(CHANNELS, height(), width());
        boolean inGraph = preprocessing.normalization().place() == Place.GRAPH;
        boolean fits =
                switch (target.elementType()) {
                    case UINT8 -> inGraph && target.itemShape().equals(bytes);
                    case FLOAT32 -> target.itemShape().equals(floats);
                    case FLOAT16, INT64 -> false;
                };
        if (!fits) {
            throw new IllegalArgumentException("target " + target + " cannot hold an image as "
                    + (inGraph ? "UINT8 of " + bytes + " or " : "") + "FLOAT32 of " + floats);
        }
        if (row < 0 || row >= target.rows()) {
            throw new IllegalArgumentException("row " + row + " is outside target " + target);
        }
    }

    private int height() {
        return preprocessing.heightPx();
    }

    private int width() {
        return preprocessing.widthPx();
    }
}
