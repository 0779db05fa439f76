package dev.fovea.classification;

import dev.fovea.imaging.explain.Marker;
import dev.fovea.imaging.explain.ScalarMap;
import dev.fovea.imaging.preprocess.InputFrame;
import dev.fovea.repository.ImagePreprocessing;
import dev.fovea.repository.ModelManifest;
import dev.fovea.repository.TensorSpec;
import dev.fovea.repository.WholeImageInput;
import java.nio.FloatBuffer;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// The outputs in which an S3N shows where it looked. Its maps are 31 x 31 over the input, the first and the last
/// cell of a row on the input's first and last pixel (`align_corners`).
record SparseSamplingPictures(
        TensorSpec decisionMap,
        TensorSpec peaks,
        TensorSpec zoomMap,
        TensorSpec complementMap,
        TensorSpec zoomed,
        TensorSpec complement) {
    private static final int SIDE = 31;
    private static final int CHANNELS = 3;
    private static final int MOST_PEAKS = 32;

    /// Empty if the model has not all of them.
    static Optional<SparseSamplingPictures> in(ModelManifest manifest) {
        Optional<TensorSpec> decisionMap = map(manifest, "decision_map");
        Optional<TensorSpec> peaks = map(manifest, "peaks");
        Optional<TensorSpec> zoomMap = map(manifest, "zoom_map");
        Optional<TensorSpec> complementMap = map(manifest, "complement_map");
        Optional<TensorSpec> zoomed = image(manifest, "zoomed");
        Optional<TensorSpec> complement = image(manifest, "complement");
        if (decisionMap.isEmpty()
                || peaks.isEmpty()
                || zoomMap.isEmpty()
                || complementMap.isEmpty()
                || zoomed.isEmpty()
                || complement.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new SparseSamplingPictures(
                decisionMap.get(), peaks.get(), zoomMap.get(), complementMap.get(), zoomed.get(), complement.get()));
    }

    SparseSamplingExplanation draw(ModelAnswer answer, Sketch sketch) {
        List<Peak> found = peaks(map(answer, peaks), sketch);
        List<Marker> markers = found.stream()
                .map(peak -> new Marker(peak.x(), peak.y(), Math.min(1, peak.score())))
                .toList();
        return new SparseSamplingExplanation(
                found,
                sketch.overlay(map(answer, decisionMap), markers),
                sketch.heatMap(map(answer, zoomMap)),
                sketch.heatMap(map(answer, complementMap)),
                sketch.resampled(answer.firstView(zoomed)),
                sketch.resampled(answer.firstView(complement)));
    }

    /// @param scores the decision map at its peaks, 0 elsewhere
    private static List<Peak> peaks(ScalarMap scores, Sketch sketch) {
        return IntStream.range(0, SIDE * SIDE)
                .mapToObj(cell -> peak(scores, cell / SIDE, cell % SIDE, sketch))
                .filter(peak -> peak.score() > 0)
                .sorted(Comparator.comparingDouble(peak -> -peak.score()))
                .limit(MOST_PEAKS)
                .toList();
    }

    private static Peak peak(ScalarMap scores, int row, int column, Sketch sketch) {
        double x = scores.inputX(column, sketch.input().widthPx());
        double y = scores.inputY(row, sketch.input().heightPx());
        InputFrame frame = sketch.frame();
        return new Peak((float) frame.imageX(x), (float) frame.imageY(y), scores.value(row, column));
    }

    private static ScalarMap map(ModelAnswer answer, TensorSpec output) {
        return ScalarMap.ofCorners(SIDE, SIDE, FloatBuffer.wrap(answer.firstView(output)));
    }

    private static Optional<TensorSpec> map(ModelManifest manifest, String name) {
        return ClassificationModels.output(manifest, name, List.of(List.of(SIDE, SIDE), List.of(1, SIDE, SIDE)));
    }

    private static Optional<TensorSpec> image(ModelManifest manifest, String name) {
        ImagePreprocessing input = WholeImageInput.preprocessing(manifest);
        List<Integer> shape = List.of(CHANNELS, input.heightPx(), input.widthPx());
        return ClassificationModels.output(manifest, name, List.of(shape));
    }
}
