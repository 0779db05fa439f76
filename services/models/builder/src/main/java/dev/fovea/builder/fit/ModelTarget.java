package dev.fovea.builder.fit;

import dev.fovea.architectures.ImageArchitecture;
import dev.fovea.builder.numbers.LinearHead;
import dev.fovea.builder.release.ReleaseOptions;
import dev.fovea.onnx.Value;
import dev.fovea.repository.ElementType;
import dev.fovea.repository.ModelManifest;
import dev.fovea.repository.TensorSpec;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// A model of a repository, on one of whose values a classifier is grafted.
///
/// @param sees what the classifier sees of the value
/// @param name of the new model
/// @param notes for the manifest's parameters: how the features are made
record ModelTarget(FeatureTap tap, HeadFeatures sees, Map<String, String> notes, String name) implements HeadTarget {

    ModelTarget {
        notes = Map.copyOf(notes);
    }

    @Override
    public UnaryOperator<Value> features() {
        return sees::vector;
    }

    @Override
    public void release(LinearHead head, List<String> labels, FitAccount account, ReleaseOptions to, PrintWriter out)
            throws IOException {
        HeadFeatures.Classifier classifier = sees.classifier(tap.input(), head);
        var logits = new TensorSpec(
                HeadFeatures.LOGITS,
                ElementType.FLOAT32,
                List.of(labels.size()),
                "class scores before softmax, unbounded");
        ManifestDraft draft = ManifestDraft.of(tap.manifest())
                .named(name, to.version())
                .task(ImageArchitecture.CLASSIFICATION)
                .outputs(logits, classifier.explanations())
                .labels(labels)
                .unitNorm(false)
                .buckets(to.buckets())
                .fitted(account.how());
        new TreeMap<>(notes).forEach(draft::parameter);
        ModelManifest manifest = draft.parameter("scores", "logits").done();
        FittedModel.release(tap, classifier.graph(), manifest, account, to, out);
    }
}
