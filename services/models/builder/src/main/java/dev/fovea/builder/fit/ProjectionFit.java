package dev.fovea.builder.fit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fovea.architectures.ImageArchitecture;
import dev.fovea.architectures.PatchArchitecture;
import dev.fovea.builder.images.ImageFolder;
import dev.fovea.builder.images.ModelName;
import dev.fovea.builder.numbers.Matrix;
import dev.fovea.builder.numbers.PrincipalComponents;
import dev.fovea.builder.release.ReleaseOptions;
import dev.fovea.onnx.Graph;
import dev.fovea.repository.ElementType;
import dev.fovea.repository.ImagePreprocessing;
import dev.fovea.repository.ManifestJson;
import dev.fovea.repository.ModelManifest;
import dev.fovea.repository.ModelVersion;
import dev.fovea.repository.TensorSpec;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Compression of a model's answers by principal components, with whitening or without; a picocli mixin.
///
/// The new model answers `normalise((x - mean) P)` of the old one's unit answer x.
final class ProjectionFit {

    private static final int DEFAULT_DIMENSIONS = 128;
    private static final int MAX_DIMENSIONS = 1_000_000;
    private static final int MAX_PER_IMAGE = 10_000;
    private static final List<String> TASKS = List.of(ImageArchitecture.RETRIEVAL, PatchArchitecture.TASK);

    @Parameters(
            paramLabel = "MODEL",
            description = "An embedder or a patch descriptor in the repository: name, or NAME@VERSION.")
    private String subject = "";

    @Option(
            names = "--images",
            required = true,
            paramLabel = "DIR",
            description = "Folder of images, sub-folders included.")
    private Path images = Path.of("");

    @Option(
            names = "--dimensions",
            paramLabel = "K",
            defaultValue = "" + DEFAULT_DIMENSIONS,
            description = "Numbers of the new answer; fewer if the images do not span as many. "
                    + "Default: ${DEFAULT-VALUE}.")
    private int dimensions = DEFAULT_DIMENSIONS;

    @Option(
            names = "--per-image",
            paramLabel = "N",
            defaultValue = "200",
            description = "For a patch descriptor: keypoints of each image, strongest first, 1 to " + MAX_PER_IMAGE
                    + ". Default: ${DEFAULT-VALUE}.")
    private int perImage = 200;

    void run(boolean whiten, ReleaseOptions release, PrintWriter out, PrintWriter err)
            throws IOException, InterruptedException {
        Limit.require("--dimensions", dimensions, 1, MAX_DIMENSIONS);
        Limit.require("--per-image", perImage, 1, MAX_PER_IMAGE);
        ModelVersion version = ModelName.parse(subject).in(release.repository());
        String name = release.nameOr(version.name() + (whiten ? "-whitened" : "-pca"));
        release.requireFree(name);
        byte[] onnx = Files.readAllBytes(version.file());
        ModelManifest manifest = manifest(onnx, version);
        if (!TASKS.contains(manifest.task())) {
            throw new IllegalArgumentException("model " + version + " does " + manifest.task()
                    + "; answers of models for " + String.join(" or ", TASKS) + " can be compressed");
        }
        List<Path> files = ImageFolder.files(images);
        FeatureTap tap =
                FeatureTap.at(onnx, manifest, manifest.outputs().getFirst().name());
        if (tap.isMaps()) {
            throw new IOException("model " + version + " answers maps, not vectors");
        }
        Matrix answers = UnitAnswers.of(version, manifest, files, perImage, err);
        PrincipalComponents components = PrincipalComponents.of(answers, dimensions);
        ObjectNode figures = report(components, answers, release.text(out, err), err);
        release(tap, components, whiten, figures, name, release, out);
    }

    private static ModelManifest manifest(byte[] onnx, ModelVersion version) throws IOException {
        Optional<String> json = Optional.ofNullable(
                dev.fovea.onnx.OnnxFile.read(onnx).metadata().get(ModelManifest.METADATA_KEY));
        return ManifestJson.read(json.orElseThrow(() -> new IOException("model " + version + " has no manifest")));
    }

    private ObjectNode report(PrincipalComponents components, Matrix answers, PrintWriter out, PrintWriter err) {
        if (components.count() < dimensions) {
            err.println("warning: " + answers.rows() + " answers span " + components.count()
                    + " dimensions; that is how many the model will have, not " + dimensions);
        }
        double explained = explained(components, answers);
        out.printf(
                Locale.ROOT,
                "%d of %d dimensions fitted to %d answers, with %.1f %% of their variance%n",
                components.count(),
                answers.columns(),
                answers.rows(),
                100 * explained);
        return JsonNodeFactory.instance
                .objectNode()
                .put("answers", answers.rows())
                .put("dimensionsBefore", answers.columns())
                .put("dimensions", components.count())
                .put("explainedVariance", explained);
    }

    /// Share of the answers' variance along the components, 0 to 1.
    private static double explained(PrincipalComponents components, Matrix answers) {
        float[] mean = components.mean();
        double all = 0;
        for (int i = 0; i < answers.rows(); i++) {
            for (int j = 0; j < mean.length; j++) {
                double difference = (double) answers.get(i, j) - mean[j];
                all += difference * difference;
            }
        }
        double kept = 0;
        for (int k = 0; k < components.count(); k++) {
            kept += components.variance(k);
        }
        return Math.min(1, kept * answers.rows() / all);
    }

    private void release(
            FeatureTap tap,
            PrincipalComponents components,
            boolean whiten,
            ObjectNode figures,
            String name,
            ReleaseOptions release,
            PrintWriter out)
            throws IOException {
        ModelManifest before = tap.manifest();
        boolean unit = before.outputNormalization().equals("l2");
        Matrix directions = whiten ? components.whitening() : components.directions();
        TensorSpec answer = before.outputs().getFirst();
        int rows = figures.path("answers").asInt();
        String what = before.preprocessing() instanceof ImagePreprocessing ? "embeddings" : "descriptors";
        String how = (whiten ? "whitening" : "principal components") + " of " + rows + " " + what + " of images in "
                + images.toAbsolutePath().getFileName();
        ModelManifest manifest = ManifestDraft.of(before)
                .named(name, release.version())
                .output(new TensorSpec(
                        answer.name(),
                        ElementType.FLOAT32,
                        List.of(components.count()),
                        answer.meaning() + ", compressed to principal components, unit norm"))
                .unitNorm(true)
                .buckets(release.buckets())
                .parameter("projection", (whiten ? "whitening " : "pca ") + components.count())
                .fitted(how)
                .done();
        Graph graph =
                tap.head(answer.name(), value -> FittedLayers.compressed(value, unit, components.mean(), directions));
        FittedModel.release(tap, graph, manifest, new FitAccount(how, figures), release, out);
    }
}
