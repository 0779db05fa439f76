package dev.fovea.builder.adopt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import dev.fovea.builder.FoveaProgram;
import dev.fovea.inference.session.SessionException;
import dev.fovea.onnx.DataType;
import dev.fovea.onnx.ForeignModel;
import dev.fovea.onnx.shape.Shape;
import dev.fovea.repository.ElementType;
import dev.fovea.repository.ImagePreprocessing;
import dev.fovea.repository.ImagePreprocessing.ChannelOrder;
import dev.fovea.repository.ImagePreprocessing.Interpolation;
import dev.fovea.repository.ModelManifest;
import dev.fovea.repository.ModelRepository;
import dev.fovea.repository.ModelVersion;
import dev.fovea.repository.PatchPreprocessing;
import dev.fovea.repository.Provenance;
import dev.fovea.repository.ResizeRule;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdoptModelTest {

    private static final int PIXELS = ForeignFiles.SIDE * ForeignFiles.SIDE;

    @TempDir
    private Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void aClassifierOfBytesAnswersAsTheForeignFileDoes() throws IOException, OrtException, SessionException {
        ModelVersion model = adopt(
                ForeignFiles.classifier(),
                "--task=classification",
                labels(3),
                "--output=logits",
                "--size=8",
                "--mean=half");

        byte[] item = ForeignFiles.bytes(7, 3 * PIXELS);
        float[] expected = ForeignFiles.raw(
                ForeignFiles.classifier(), "input", planes(item, 128, 128), new long[] {1, 3, 8, 8}, "logits");
        assertThat(ForeignFiles.adopted(model, item)).containsExactly(expected, within(1e-5f));
        ModelManifest manifest = ForeignFiles.manifest(model);
        assertThat(manifest.task()).isEqualTo("fine-grained-classification");
        assertThat(manifest.labels()).containsExactly("class 0", "class 1", "class 2");
        assertThat(manifest.parameters()).containsEntry("scores", "logits").containsEntry("output", "logits");
        assertThat(manifest.inputs().getFirst().itemShape()).containsExactly(8, 8, 3);
        assertThat(manifest.inputs().getFirst().elementType()).isEqualTo(ElementType.UINT8);
        assertThat(manifest.provenance().kind()).isEqualTo(Provenance.Kind.TRAINED);
        assertThat(manifest.provenance().source()).isEqualTo("foreign.onnx");
    }

    @Test
    void channelsMayComeLastAndProbabilitiesAreRecognised() throws IOException, OrtException, SessionException {
        ModelVersion model = adopt(
                ForeignFiles.channelsLast(), "--task=classification", labels(3), "--mean=0.1,0.2,0.3", "--std=0.5");

        byte[] item = ForeignFiles.bytes(8, 3 * PIXELS);
        float[] seen = new float[item.length];
        for (int i = 0; i < item.length; i++) {
            seen[i] = (float) (((item[i] & 0xFF) / 255.0 - 0.1 * (1 + i % 3)) / 0.5);
        }
        float[] expected =
                ForeignFiles.raw(ForeignFiles.channelsLast(), "input", seen, new long[] {1, 8, 8, 3}, "probabilities");
        assertThat(ForeignFiles.adopted(model, item)).containsExactly(expected, within(1e-5f));
        assertThat(ForeignFiles.manifest(model).parameters()).containsEntry("scores", "probabilities");
    }

    @Test
    void aHeadIsGraftedOnAnInnerValue() throws IOException, OrtException, SessionException {
        byte[] file = ForeignModel.read(ForeignFiles.classifier())
                .withOnlyOutputs(List.of("logits")) // features is an inner value now
                .toBytes();
        String inner = ForeignModel.read(file).computed().stream()
                .filter(name -> name.startsWith("Relu"))
                .findFirst()
                .orElse("features");
        ModelVersion model = adopt(
                file, "--task=retrieval", "--output=" + inner, "--head=gem", "--normalise", "--size=8", "--mean=unit");

        byte[] item = ForeignFiles.bytes(9, 3 * PIXELS);
        float[] features = ForeignFiles.raw(
                ForeignFiles.classifier(), "input", planes(item, 0, 255), new long[] {1, 3, 8, 8}, "features");
        assertThat(ForeignFiles.adopted(model, item))
                .containsExactly(GeneralisedMean.of(features, ForeignFiles.CHANNELS), within(1e-5f));
        assertThat(ForeignFiles.manifest(model).outputNormalization()).isEqualTo("l2");
        assertThat(ForeignFiles.manifest(model).outputs().getFirst().itemShape())
                .containsExactly(4);
    }

    @Test
    void preprocessingIsWrittenDownAsTold() throws IOException {
        ModelVersion model = adopt(
                ForeignFiles.classifier(),
                "--task=retrieval",
                "--output=features",
                "--head=bilinear",
                "--size=10x12",
                "--mean=imagenet",
                "--channels=BGR",
                "--resize=crop-centre:14",
                "--interpolation=area",
                "--buckets=1,3");

        ModelManifest manifest = ForeignFiles.manifest(model);
        var spec = (ImagePreprocessing) manifest.preprocessing();
        assertThat(spec.widthPx()).isEqualTo(10);
        assertThat(spec.heightPx()).isEqualTo(12);
        assertThat(spec.channels()).isEqualTo(ChannelOrder.BGR);
        assertThat(spec.resize()).isEqualTo(new ResizeRule.CropCentre(14));
        assertThat(spec.interpolation()).isEqualTo(Interpolation.AREA);
        assertThat(spec.normalization().std()).containsExactly(0.229, 0.224, 0.225);
        assertThat(manifest.batchBuckets()).containsExactly(1, 3);
        assertThat(manifest.outputs().getFirst().itemShape()).containsExactly(16);
    }

    @Test
    void aFileThatTakesBytesKeepsItsInput() throws IOException, SessionException {
        ModelVersion model =
                adopt(ForeignFiles.doubling(DataType.UINT8, Shape.of(1, 1, 1, 3)), "--task=retrieval", "--layout=NHWC");

        assertThat(ForeignFiles.adopted(model, new byte[] {1, 2, (byte) 200})).containsExactly(2, 4, 400);
        ModelManifest manifest = ForeignFiles.manifest(model);
        assertThat(manifest.inputs().getFirst().name()).isEqualTo("input");
        assertThat(manifest.batchBuckets()).containsExactly(1); // the file's batch is fixed
    }

    @Test
    void withoutTheFrontTheServiceNormalises() throws IOException {
        ModelVersion model = adopt(
                ForeignFiles.classifier(),
                "--task=classification",
                labels(3),
                "--output=logits",
                "--size=8",
                "--mean=half",
                "--no-uint8-front");

        ModelManifest manifest = ForeignFiles.manifest(model);
        assertThat(manifest.inputs().getFirst().elementType()).isEqualTo(ElementType.FLOAT32);
        assertThat(manifest.inputs().getFirst().itemShape()).containsExactly(3, 8, 8);
        assertThat(((ImagePreprocessing) manifest.preprocessing())
                        .normalization()
                        .place()
                        .name())
                .isEqualTo("SERVICE");
    }

    @Test
    void greyPatchesLoseTheirChannel() throws IOException, SessionException {
        ModelVersion model = adopt(
                ForeignFiles.doubling(DataType.FLOAT32, ForeignFiles.open("n", "1", "2", "2")),
                "--task=patch-description",
                "--output=output",
                "--head=gap",
                "--mean=byte",
                "--magnification=5");

        assertThat(ForeignFiles.adopted(model, new byte[] {1, 2, 3, 6}))
                .containsExactly(new float[] {6}, within(1e-5f));
        assertThat(ForeignFiles.manifest(model).preprocessing()).isEqualTo(new PatchPreprocessing(2, 5));
    }

    private ModelVersion adopt(byte[] file, String... options) throws IOException {
        Path onnx = Files.write(folder.resolve("foreign.onnx"), file);
        List<String> words = new ArrayList<>(List.of("models", "adopt", onnx.toString(), "--repository=" + folder));
        words.addAll(List.of(options));
        int code = new FoveaProgram(new PrintWriter(out), new PrintWriter(err)).run(words.toArray(String[]::new));
        assertThat(code).as(err.toString()).isZero();
        return new ModelRepository(folder).newest("foreign");
    }

    private String labels(int count) throws IOException {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add("class " + i);
        }
        return "--labels=" + Files.write(folder.resolve("labels.txt"), names);
    }

    /// Bytes (H, W, 3) as planes (3, H, W) of `(p - mean) / std`.
    private static float[] planes(byte[] item, float mean, float std) {
        float[] planes = new float[item.length];
        for (int i = 0; i < item.length; i++) {
            planes[i % 3 * PIXELS + i / 3] = ((item[i] & 0xFF) - mean) / std;
        }
        return planes;
    }
}
