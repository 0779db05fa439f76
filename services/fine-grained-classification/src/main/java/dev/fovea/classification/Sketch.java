package dev.fovea.classification;

import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageSize;
import dev.fovea.imaging.explain.ExplanationCanvas;
import dev.fovea.imaging.explain.Marker;
import dev.fovea.imaging.explain.NormalizedPixels;
import dev.fovea.imaging.explain.ScalarMap;
import dev.fovea.imaging.preprocess.InputFrame;
import dev.fovea.repository.ImagePreprocessing;
import java.nio.FloatBuffer;
import java.util.List;

/// A reduced copy of an image, and how the first view of a model lies on it; explanations are drawn on it. Whoever
/// made it closes it.
record Sketch(ExplanationCanvas canvas, InputFrame frame, ImagePreprocessing preprocessing) implements AutoCloseable {

    /// @param maxSidePx of the copy's longer side
    /// @param frame where the model's input lies in the image
    static Sketch of(Image image, int maxSidePx, InputFrame frame, ImagePreprocessing preprocessing) {
        return new Sketch(ExplanationCanvas.of(image, maxSidePx), frame, preprocessing);
    }

    ImageSize size() {
        return canvas.size();
    }

    Png overlay(ScalarMap map, List<Marker> markers) {
        return Png.of(canvas.overlay(map, frame, input(), markers));
    }

    Png heatMap(ScalarMap map) {
        return Png.of(canvas.heatMap(map, frame, input()));
    }

    /// A picture that the model made of its input, (3, height, width), normalised as the network sees it.
    Png resampled(float[] planes) {
        return Png.of(NormalizedPixels.resampled(
                FloatBuffer.wrap(planes), preprocessing.heightPx(), preprocessing.widthPx(), preprocessing));
    }

    /// Size of the model's input.
    ImageSize input() {
        return new ImageSize(preprocessing.widthPx(), preprocessing.heightPx());
    }

    @Override
    public void close() {
        canvas.close();
    }
}
