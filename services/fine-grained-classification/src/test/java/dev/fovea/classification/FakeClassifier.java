package dev.fovea.classification;

import dev.fovea.inference.Tensor;
import dev.fovea.inference.lifecycle.ComputedModel;
import dev.fovea.inference.session.OutputSet;
import dev.fovea.repository.ModelManifest;
import dev.fovea.repository.TensorSpec;
import java.util.List;

/// Classifiers whose outputs a test computes by hand.
public final class FakeClassifier {
    private FakeClassifier() {}

    /// An output of one item.
    @FunctionalInterface
    public interface Answer {
        /// @param item of one row
        float[] of(Tensor item, String output);
    }

    public static ComputedModel of(ModelManifest manifest, Answer answer) {
        return new ComputedModel(manifest, (items, outputs) -> answers(manifest, answer, items, outputs));
    }

    /// Whatever it sees.
    public static ComputedModel saying(ModelManifest manifest, float... scores) {
        return of(manifest, (_, _) -> scores);
    }

    /// Logits of red, green and blue: how much of them the upper left pixel of the input has, 0 to 5.
    public static ComputedModel ofColours(String name) {
        return of(Manifests.colours(name).manifest(), (item, _) -> colour(item));
    }

    /// Three classes of other names.
    public static ComputedModel ofLetters(String name) {
        return saying(Manifests.colours(name).withLabels("a", "b", "c").manifest(), 1, 2, 3);
    }

    /// The upper left pixel's colour, 0 to 5.
    static float[] colour(Tensor item) {
        var colour = new float[3];
        for (int channel = 0; channel < colour.length; channel++) {
            colour[channel] = Byte.toUnsignedInt(item.bytes().get(channel)) / 51f;
        }
        return colour;
    }

    private static List<Tensor> answers(ModelManifest manifest, Answer answer, Tensor items, OutputSet outputs) {
        return outputs.of(manifest).stream()
                .map(output -> answer(output, answer, items))
                .toList();
    }

    private static Tensor answer(TensorSpec output, Answer answer, Tensor items) {
        Tensor values = Tensor.allocate(output, items.rows());
        for (int row = 0; row < items.rows(); row++) {
            values.slice(row, row + 1).floats().put(answer.of(items.slice(row, row + 1), output.name()));
        }
        return values;
    }
}
