package dev.fovea.classification;

import dev.fovea.repository.ElementType;
import dev.fovea.repository.ImagePreprocessing;
import dev.fovea.repository.ImagePreprocessing.ChannelOrder;
import dev.fovea.repository.ImagePreprocessing.Interpolation;
import dev.fovea.repository.ModelManifest;
import dev.fovea.repository.PixelNormalization;
import dev.fovea.repository.PreprocessingSpec;
import dev.fovea.repository.Provenance;
import dev.fovea.repository.ResizeRule;
import dev.fovea.repository.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Manifests of fake classifiers, changed one thing at a time.
record Manifests(
        String name,
        String task,
        List<TensorSpec> inputs,
        PreprocessingSpec preprocessing,
        List<TensorSpec> outputs,
        List<String> labels,
        Map<String, String> parameters) {

    static final int SIDE = 4;

    /// Of the colours red, green and blue, seen in an image that is stretched to 4 x 4 px.
    static Manifests colours(String name) {
        return new Manifests(
                name,
                ClassificationModels.TASK,
                List.of(new TensorSpec("pixels", ElementType.UINT8, List.of(SIDE, SIDE, 3), "RGB")),
                stretched(SIDE),
                List.of(floats("logits", 3)),
                List.of("red", "green", "blue"),
                Map.of("scores", "logits"));
    }

    static ImagePreprocessing stretched(int side) {
        return new ImagePreprocessing(
                side,
                side,
                new ResizeRule.Stretch(),
                Interpolation.BILINEAR,
                ChannelOrder.RGB,
                new PixelNormalization(List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0), PixelNormalization.Place.GRAPH));
    }

    static TensorSpec floats(String name, Integer... shape) {
        return new TensorSpec(name, ElementType.FLOAT32, List.of(shape), "test");
    }

    /// Of an output of one item.
    static int elements(ModelManifest manifest, String output) {
        return manifest.outputs().stream()
                .filter(spec -> spec.name().equals(output))
                .findFirst()
                .orElseThrow()
                .itemElements();
    }

    /// With further outputs.
    Manifests answering(TensorSpec... more) {
        List<TensorSpec> all = new ArrayList<>(outputs);
        all.addAll(List.of(more));
        return new Manifests(name, task, inputs, preprocessing, all, labels, parameters);
    }

    /// With further outputs that explain.
    Manifests explaining(TensorSpec... more) {
        Map<String, String> marked = new TreeMap<>(parameters);
        marked.put(ModelManifest.EXPLAINS, Stream.of(more).map(TensorSpec::name).collect(Collectors.joining(",")));
        return answering(more).withParameters(marked);
    }

    Manifests withParameters(Map<String, String> other) {
        return new Manifests(name, task, inputs, preprocessing, outputs, labels, other);
    }

    Manifests withLabels(String... other) {
        return new Manifests(name, task, inputs, preprocessing, outputs, List.of(other), parameters);
    }

    Manifests withTask(String other) {
        return new Manifests(name, other, inputs, preprocessing, outputs, labels, parameters);
    }

    Manifests withOutputs(TensorSpec... other) {
        return new Manifests(name, task, inputs, preprocessing, List.of(other), labels, parameters);
    }

    Manifests withInputs(PreprocessingSpec spec, TensorSpec... other) {
        return new Manifests(name, task, List.of(other), spec, outputs, labels, parameters);
    }

    ModelManifest manifest() {
        return new ModelManifest(
                name,
                1,
                task,
                "colours",
                parameters,
                inputs,
                outputs,
                preprocessing,
                labels,
                "none",
                List.of(1, 8),
                new Provenance(Provenance.Kind.COMPUTED, "test", Optional.empty(), "Apache-2.0", "test"),
                "none",
                Optional.empty());
    }
}
