package dev.fovea.imaging.explain;

import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageSize;
import dev.fovea.imaging.OpenCv;
import dev.fovea.imaging.preprocess.InputFrame;
import java.util.List;
import org.opencv.core.Mat;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/// A reduced copy of an image on which maps and points are drawn, to be kept when the image is closed.
///
/// **Memory:** at most `3 maxSide^2` bytes, native; a picture takes three times as much while it is drawn.
///
/// **Threads:** any number may draw at once, each its own picture; none during or after [#close()].
///
/// **Who closes it:** whoever made it. Closing twice is harmless.
public final class ExplanationCanvas implements AutoCloseable {

    private final CanvasScale scale;
    private final Image reduced;

    private ExplanationCanvas(CanvasScale scale, Image reduced) {
        this.scale = scale;
        this.reduced = reduced;
    }

    /// Copies the image, reduced so that the longer side has at most this many pixels, by area; never
    /// enlarged.
    ///
    /// @throws IllegalArgumentException if there is less than one pixel
    public static ExplanationCanvas of(Image image, int maxSidePx) {
        if (maxSidePx < 1) {
            throw new IllegalArgumentException("a longer side of " + maxSidePx + " px is less than 1");
        }
        OpenCv.load();
        var scale = CanvasScale.reduced(new ImageSize(image.width(), image.height()), maxSidePx);
        Mat copy = new Mat();
        if (scale.canvas().equals(scale.image())) {
            image.mat().copyTo(copy);
        } else {
            var size = new Size(scale.canvas().widthPx(), scale.canvas().heightPx());
            Imgproc.resize(image.mat(), copy, size, 0, 0, Imgproc.INTER_AREA);
        }
        return new ExplanationCanvas(scale, Image.owning(copy));
    }

    /// Of every picture, pixels.
    public ImageSize size() {
        return scale.canvas();
    }

    /// The map over the image as a PNG: least to largest value of the map as dark blue over green to red, the
    /// more transparent the smaller, so that the least leaves the image as it is and a constant map draws
    /// nothing. What the input does not show is darkened. Markers outside the image are left out.
    ///
    /// @param frame where the input lies in the image that the canvas was made of
    /// @param input size of the model's input, which the map covers
    /// @param markers in pixels of the image that the canvas was made of
    public byte[] overlay(ScalarMap map, InputFrame frame, ImageSize input, List<Marker> markers) {
        return picture(new HeatLayer(map, frame, input, scale), HeatColours.OVERLAY, markers);
    }

    /// The map alone as a PNG, in the same colours and place; what the input does not show is the image,
    /// darkened.
    ///
    /// @param frame where the input lies in the image that the canvas was made of
    /// @param input size of the model's input, which the map covers
    public byte[] heatMap(ScalarMap map, InputFrame frame, ImageSize input) {
        return picture(new HeatLayer(map, frame, input, scale), HeatColours.MAP, List.of());
    }

    private byte[] picture(HeatLayer layer, HeatColours colours, List<Marker> markers) {
        byte[] rgb = reduced.toRgb();
        layer.draw(rgb, colours);
        try (Image picture = Image.fromRgb(size().widthPx(), size().heightPx(), rgb)) {
            Rings.draw(picture.mat(), markers, scale);
            return picture.encodePng();
        }
    }

    @Override
    public void close() {
        reduced.close();
    }
}
