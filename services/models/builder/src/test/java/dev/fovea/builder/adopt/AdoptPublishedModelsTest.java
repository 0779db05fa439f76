package dev.fovea.builder.adopt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnxruntime.OrtException;
import dev.fovea.builder.FoveaProgram;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.decode.DecodeLimits;
import dev.fovea.imaging.decode.ImageDecoder;
import dev.fovea.imaging.preprocess.ImagePreprocessor;
import dev.fovea.inference.Tensor;
import dev.fovea.inference.session.SessionException;
import dev.fovea.repository.ImagePreprocessing;
import dev.fovea.repository.ModelManifest;
import dev.fovea.repository.ModelRepository;
import dev.fovea.repository.ModelVersion;
import dev.fovea.repository.TensorSpec;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Real files, real photographs; skipped where the shared test data is absent.
class AdoptPublishedModelsTest {

    private static final String BIRDS = "mobilenet_v2_1.0_224_inat_bird_float.onnx";
    private static final String EMBEDDER = "mobilenet_v1_1.0_224_embedding_extractor_float.onnx";
    private static final int SIDE = 224;

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void requireTheData() {
        assumeTrue(ForeignFiles.shared("data/weights").isPresent(), "there is no shared/data/weights");
    }

    @ParameterizedTest
    @CsvSource({"owl.jpg, Owl", "parrot.jpg, Macaw"})
    void theBirdClassifierAnswersAsTheRawFileDoes(String photo, String kind)
            throws IOException, OrtException, SessionException, InterruptedException {
        ModelVersion model = adopt(
                BIRDS, "--task=classification", "--labels=" + data("weights/inat_bird_labels.txt"), "--output=logits");
        ModelManifest manifest = ForeignFiles.manifest(model);
        byte[] pixels = pixels(photo, manifest);

        float[] answer = ForeignFiles.adopted(model, pixels);
        float[] expected = raw(BIRDS, pixels, "logits");

        assertThat(answer).containsExactly(expected, within(1e-4f * expected[best(expected)]));
        assertThat(best(answer)).isEqualTo(best(expected));
        assertThat(manifest.labels().get(best(answer))).contains(kind);
    }

    @Test
    void theBirdClassifierExplainsItselfAndAnswersTheSameToTheLastBit()
            throws IOException, SessionException, InterruptedException {
        String[] options = {
            "--task=classification", "--labels=" + data("weights/inat_bird_labels.txt"), "--output=logits"
        };
        ModelVersion explained = adopt(BIRDS, options);
        byte[] pixels = pixels("owl.jpg", ForeignFiles.manifest(explained));
        float[] answer = ForeignFiles.adopted(explained, pixels);
        ModelManifest manifest = ForeignFiles.manifest(explained);

        ModelVersion plain = adopt(
                BIRDS,
                Stream.concat(Stream.of(options), Stream.of("--no-explanations", "--force"))
                        .toArray(String[]::new));

        assertThat(manifest.explanations())
                .extracting(TensorSpec::itemShape)
                .containsExactly(List.of(3, 7, 7), List.of(3));
        assertThat(ForeignFiles.manifest(plain).explanations()).isEmpty();
        assertThat(ForeignFiles.adopted(plain, pixels)).isEqualTo(answer);
    }

    @Test
    void aGeneralisedMeanOnTheEmbeddersMapsEqualsOneComputedHere()
            throws IOException, OrtException, SessionException, InterruptedException {
        ModelVersion model = adopt(EMBEDDER, "--task=retrieval", "--output=features", "--head=gem", "--normalise");
        byte[] pixels = pixels("kite_and_cold.jpg", ForeignFiles.manifest(model));

        float[] expected = GeneralisedMean.of(raw(EMBEDDER, pixels, "features"), 1024);

        assertThat(ForeignFiles.adopted(model, pixels)).containsExactly(expected, within(1e-5f));
    }

    private ModelVersion adopt(String file, String... options) throws IOException {
        var err = new StringWriter();
        List<String> words = new ArrayList<>(List.of(
                "models",
                "adopt",
                data("weights/" + file).toString(),
                "--repository=" + folder,
                "--name=adopted",
                "--size=" + SIDE,
                "--preprocessing=half"));
        words.addAll(List.of(options));
        int code = new FoveaProgram(new PrintWriter(new StringWriter()), new PrintWriter(err))
                .run(words.toArray(String[]::new));
        assertThat(code).as(err.toString()).isZero();
        return new ModelRepository(folder).newest("adopted");
    }

    private static float[] raw(String file, byte[] pixels, String output) throws IOException, OrtException {
        float[] planes = new float[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            planes[i % 3 * SIDE * SIDE + i / 3] = ((pixels[i] & 0xFF) - 128) / 128f;
        }
        byte[] onnx = Files.readAllBytes(data("weights/" + file));
        return ForeignFiles.raw(onnx, "input", planes, new long[] {1, 3, SIDE, SIDE}, output);
    }

    /// A photograph as the manifest wants it.
    private static byte[] pixels(String photo, ModelManifest manifest) throws IOException, InterruptedException {
        var preprocessor = new ImagePreprocessor((ImagePreprocessing) manifest.preprocessing());
        Tensor item = Tensor.allocate(manifest.inputs().getFirst(), 1);
        try (var decoder = new ImageDecoder(DecodeLimits.defaults());
                Image image = decoder.decode(ByteBuffer.wrap(Files.readAllBytes(data("photos/" + photo))))) {
            preprocessor.prepare(image, item, 0);
        }
        byte[] pixels = new byte[item.itemBytes()];
        item.bytes().get(pixels);
        return pixels;
    }

    private static int best(float[] scores) {
        int best = 0;
        for (int i = 1; i < scores.length; i++) {
            best = scores[i] > scores[best] ? i : best;
        }
        return best;
    }

    private static Path data(String path) {
        return ForeignFiles.shared("data/" + path).orElseThrow();
    }
}
