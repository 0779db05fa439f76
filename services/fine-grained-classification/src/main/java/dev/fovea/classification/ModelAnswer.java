package dev.fovea.classification;

import dev.fovea.inference.batching.Inferred;
import dev.fovea.inference.failure.ModelFailed;
import dev.fovea.repository.ModelManifest;
import dev.fovea.repository.TensorSpec;
import java.util.ArrayList;
import java.util.List;

/// What one model says of the views of one image. Every number that leaves it is finite.
///
/// @param parts together one row a view, in order; the first one starts with the first view and may hold the outputs
///     that explain
record ModelAnswer(ModelManifest manifest, List<Inferred> parts) {
    ModelAnswer {
        parts = List.copyOf(parts);
    }

    /// The probabilities that an output gives, averaged over the views.
    ///
    /// @throws ModelFailed if they are none
    ClassScores scores(TensorSpec output, double temperature) {
        ScoreScale scale = ScoreScale.of(manifest).orElseThrow();
        List<ClassScores> views = new ArrayList<>();
        for (Inferred part : parts) {
            for (int row = 0; row < part.output().rows(); row++) {
                views.add(scores(row(part, output, row), scale, temperature));
            }
        }
        return ClassScores.mean(views);
    }

    /// An output's values for the first view.
    ///
    /// @throws ModelFailed if one is not finite
    float[] firstView(TensorSpec output) {
        return row(parts.getFirst(), output, 0);
    }

    /// Rows of the largest batch that carried a view.
    int batchRows() {
        return parts.stream().mapToInt(Inferred::batchRows).max().orElse(0);
    }

    private ClassScores scores(float[] row, ScoreScale scale, double temperature) {
        try {
            return ClassScores.of(row, scale, temperature);
        } catch (ArithmeticException noProbabilities) {
            throw failed(noProbabilities);
        }
    }

    /// The values, made of what the model gave.
    ///
    /// @param name for the failure
    /// @throws ModelFailed if one is not finite
    float[] finite(String name, float[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw failed(new ArithmeticException(name + "[" + i + "] is " + values[i]));
            }
        }
        return values;
    }

    /// The class that an output names by its index.
    ///
    /// @throws ModelFailed if there is no such class
    int classIndex(float named) {
        int index = Math.round(named);
        int classes = manifest.outputs().getFirst().itemElements();
        if (index < 0 || index >= classes) {
            throw failed(new ArithmeticException("class " + index + " is outside 0 to " + (classes - 1)));
        }
        return index;
    }

    private float[] row(Inferred part, TensorSpec output, int row) {
        return finite(
                output.name(),
                part.outputs().get(manifest.outputs().indexOf(output)).row(row));
    }

    private ModelFailed failed(ArithmeticException cause) {
        return new ModelFailed(
                "model " + manifest.name() + "@" + manifest.version() + " gave no usable answer: " + cause.getMessage(),
                cause);
    }
}
