package dev.fovea.imaging.preprocess;

import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageSize;
import dev.fovea.imaging.OpenCv;
import dev.fovea.inference.Tensor;
import dev.fovea.repository.ElementType;
import dev.fovea.repository.ImagePreprocessing;
import dev.fovea.repository.ImagePreprocessing.ChannelOrder;
import dev.fovea.repository.PixelNormalization.Place;
import java.util.List;
import org.opencv.core.Core;
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
/// Before a crop, an image more than eight times as long as wide loses the ends of which the crop shows
/// nothing. Other views than the trained one: see `View`.
///
/// **Interpolation** is OpenCV's, on bytes: output pixel `x` shows the image at `(x + 0.5) w / w' - 0.5`,
/// pixel centres at integers, borders repeated, rounded to whole numbers before the normalisation. `NEAREST`
/// is OpenCV's NEAREST_EXACT, which keeps to that rule; `BICUBIC` has a = -0.75; neither those nor `BILINEAR`
/// smooth an image that shrinks. `AREA` is the mean of the covered pixels where neither side grows, else
/// OpenCV's INTER_AREA, which repeats pixels when enlarging by whole numbers. An image of the wanted size is
/// not resampled: its bytes stay as they are.
public final class ImagePreprocessor {

    private static final int CHANNELS = 3;
    private static final int LEFT_TO_RIGHT = 1; // Core.flip's code: about the vertical axis

    private final ImagePreprocessing preprocessing;
    private final Planes planes;

    public ImagePreprocessor(ImagePreprocessing preprocessing) {
        this.preprocessing = preprocessing;
        this.planes = new Planes(preprocessing.normalization());
    }

    /// Writes the image as the model was trained, its only view, into one row of a tensor.
    ///
    /// @param row of `target`, from 0
    /// @throws IllegalArgumentException if the target is of another shape or type, or has no such row
    public void prepare(Image image, Tensor target, int row) {
        prepare(image, View.all(preprocessing, image.width(), image.height(), ViewRule.AS_TRAINED, false), target, row);
    }

    /// Writes one view of the image into one row of a tensor.
    ///
    /// @param row of `target`, from 0
    /// @throws IllegalArgumentException as for several views
    public void prepare(Image image, View view, Tensor target, int row) {
        prepare(image, List.of(view), target, row);
    }

    /// Writes views of the image straight into rows of a tensor, one after another; nobody else may read or
    /// write those rows meanwhile. Views that are cut from one scaled image are scaled once.
    ///
    /// @param row of the first view in `target`, from 0
    /// @throws IllegalArgumentException if the target is of another shape or type or has too few rows, or a
    ///     view is of an image of another size or for another input
    public void prepare(Image image, List<View> views, Tensor target, int row) {
        requireTarget(target, row, views.size());
        views.forEach(view -> requireView(view, image));
        OpenCv.load();
        for (Scaling scaling : views.stream()
                .map(view -> view.placement().scaling())
                .distinct()
                .toList()) {
            Mat scaled = scaled(image.mat(), scaling);
            try {
                for (int i = 0; i < views.size(); i++) {
                    if (views.get(i).placement().scaling().equals(scaling)) {
                        write(scaled, views.get(i), target, row + i);
                    }
                }
            } finally {
                scaled.release();
            }
        }
    }

    /// May share the memory of `image`.
    private Mat scaled(Mat image, Scaling scaling) {
        Mat from = part(image, scaling.from());
        if (scaling.keepsSize()) {
            return from;
        }
        try {
            Mat scaled = new Mat();
            Imgproc.resize(from, scaled, new Size(scaling.width(), scaling.height()), 0, 0, interpolation());
            return scaled;
        } finally {
            from.release();
        }
    }

    private void write(Mat scaled, View view, Tensor target, int row) {
        boolean bytes = target.elementType() == ElementType.UINT8;
        Mat pixels = bytes
                ? new Mat(height(), width(), CvType.CV_8UC3, target.bytes(row, row + 1))
                : new Mat(height(), width(), CvType.CV_8UC3);
        try {
            place(scaled, view.placement(), pixels);
            if (view.mirrored()) {
                Core.flip(pixels, pixels, LEFT_TO_RIGHT);
            }
            if (preprocessing.channels() == ChannelOrder.BGR) {
                Imgproc.cvtColor(pixels, pixels, Imgproc.COLOR_RGB2BGR);
            }
            if (!bytes) {
                planes.write(pixels, target.bytes(row, row + 1).asFloatBuffer());
            }
        } finally {
            pixels.release();
        }
    }

    private void place(Mat scaled, Placement placement, Mat pixels) {
        if (!placement.fills(width(), height())) {
            pixels.setTo(Scalar.all(placement.grey()));
        }
        Mat window = part(scaled, placement.window());
        Mat at = part(pixels, placement.at());
        try {
            window.copyTo(at);
        } finally {
            window.release();
            at.release();
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

    private void requireTarget(Tensor target, int row, int views) {
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
        int last = row + views - 1;
        if (row < 0 || last >= target.rows()) {
            throw new IllegalArgumentException("row " + (row < 0 ? row : last) + " is outside target " + target);
        }
    }

    private void requireView(View view, Image image) {
        var size = new ImageSize(image.width(), image.height());
        var input = new ImageSize(width(), height());
        if (!view.image().equals(size) || !view.input().equals(input)) {
            throw new IllegalArgumentException("view of " + view.image() + " for an input of " + view.input()
                    + " does not fit " + image + " and the input of " + input);
        }
    }

    private int height() {
        return preprocessing.heightPx();
    }

    private int width() {
        return preprocessing.widthPx();
    }
}
