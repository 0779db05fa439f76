package dev.fovea.tests.integration.classification;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.fovea.proto.v1.ClassifyRequest;
import dev.fovea.proto.v1.ClassifyResponse;
import dev.fovea.proto.v1.FineGrainedClassificationGrpc;
import dev.fovea.proto.v1.ImageInput;
import dev.fovea.proto.v1.ModelIdentity;
import dev.fovea.proto.v1.ModelRef;
import dev.fovea.proto.v1.Views;
import dev.fovea.repository.ModelRepository;
import dev.fovea.tests.contract.service.ServiceRun;
import dev.fovea.tests.integration.Models;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Averages over views are those of the raw model on windows cut out here; averages over models are those of single
/// calls.
///
/// The image is as high as S3N scales one before it cuts, so every window is made of the image's own pixels.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ViewsAndEnsemblesIT {

    private static final List<String> LOOKERS = List.of("first", "second");
    private static final List<String> MODELS = List.of("first", "second", "third");
    private static final List<String> LABELS = List.of("wren", "robin", "dunnock", "linnet", "siskin");
    private static final int SIDE = ClassificationUnderTest.SIDE;
    private static final int WIDTH = 96;
    /// 8/7 of the side: the published code cuts 448 out of 512.
    private static final int HEIGHT = 64;
    private static final int RIGHT = WIDTH - SIDE;
    private static final int LOWER = HEIGHT - SIDE;
    private static final float TEMPERATURE = 0.05f;
    private static final double TOLERANCE = 1e-5;

    /// Where a window of the model's size begins.
    private record Corner(int x, int y) {}

    private static final List<Corner> FIVE = List.of(
            new Corner(0, 0),
            new Corner(RIGHT, 0),
            new Corner(0, LOWER),
            new Corner(RIGHT, LOWER),
            new Corner(RIGHT / 2, LOWER / 2));
    private static final List<Corner> CENTRE = List.of(FIVE.getLast());

    private final BufferedImage image = noise();
    private Path models = Path.of("");
    private ServiceRun run;

    @BeforeAll
    void serveModelsOfTheSameClasses(@TempDir Path folder) throws Exception {
        models = ServiceRun.models(folder);
        Path labels = Files.write(folder.resolve("labels.txt"), LABELS);
        for (String name : LOOKERS) {
            Models.build(
                    models,
                    "s3n",
                    "--name=" + name,
                    "--trunk=resnet18",
                    "--image-size=" + SIDE,
                    "--labels=" + labels,
                    "--seeded=" + name,
                    "--buckets=1,4,16");
        }
        ClassificationUnderTest.buildSmall(models, "--name=third", "--labels=" + labels, "--seeded=third");
        run = ServiceRun.start(
                new ClassificationUnderTest(),
                folder,
                1,
                Map.of("fovea.models.default", "first", "fovea.models.load", "second,third"));
    }

    @AfterAll
    void stop() {
        run.close();
    }

    @Test
    void theTrainedViewIsTheCentre() throws Exception {
        assertThat(answer(ask("first")).distance(raw("first", CENTRE, false))).isLessThan(TOLERANCE);
        assertThat(answer(ask("first").setViews(Views.VIEWS_CENTRE_CROP)).distance(raw("first", CENTRE, false)))
                .isLessThan(TOLERANCE);
    }

    @Test
    void aFlipIsTheMeanOfAViewAndItsMirrorImage() throws Exception {
        Probabilities answer = answer(ask("first").setFlip(true));

        assertThat(answer.distance(raw("first", CENTRE, true))).isLessThan(TOLERANCE);
        assertThat(answer.distance(raw("first", CENTRE, false)))
                .as("the mirror image says something else")
                .isGreaterThan(10 * TOLERANCE);
    }

    @Test
    void aTenCropIsTheMeanOfCornersAndCentreAndTheirMirrorImages() throws Exception {
        Probabilities answer = answer(ask("first").setViews(Views.VIEWS_TEN_CROP));

        assertThat(answer.distance(raw("first", FIVE, true))).isLessThan(TOLERANCE);
        assertThat(answer(ask("first").setViews(Views.VIEWS_TEN_CROP).setFlip(true))
                        .distance(answer))
                .as("a ten-crop is mirrored anyway")
                .isLessThan(TOLERANCE);
    }

    @Test
    void anEnsembleIsTheMeanOfItsModels() {
        List<Probabilities> singles = new ArrayList<>();
        for (String name : MODELS) {
            singles.add(answer(ask(name)));
        }
        ClassifyResponse response = classify(ask("second", "first", "third"));

        assertThat(Probabilities.of(response.getLabelsList()).distance(Probabilities.mean(singles)))
                .isLessThan(TOLERANCE);
        assertThat(response.getModelsList())
                .extracting(ModelIdentity::getName)
                .containsExactly("second", "first", "third");
        assertThat(response.getLabelsList())
                .allSatisfy(label -> assertThat(label.getLabel()).isEqualTo(LABELS.get(label.getIndex())));
        assertThat(singles.get(0).distance(singles.get(1)))
                .as("its models say different things")
                .isGreaterThan(10 * TOLERANCE);
    }

    @Test
    void anEnsembleOfViewsIsTheMeanOfAll() throws Exception {
        List<Probabilities> singles = new ArrayList<>();
        for (String name : LOOKERS) {
            singles.add(raw(name, FIVE, true));
        }

        assertThat(answer(ask("first", "second").setViews(Views.VIEWS_TEN_CROP)).distance(Probabilities.mean(singles)))
                .isLessThan(TOLERANCE);
    }

    private ClassifyRequest.Builder ask(String... names) {
        var request = ClassifyRequest.newBuilder()
                .setImage(ImageInput.newBuilder().setContent(png()))
                .setTopK(LABELS.size())
                .setTemperature(TEMPERATURE);
        for (String name : names) {
            request.addModels(ModelRef.newBuilder().setName(name));
        }
        return request;
    }

    private Probabilities answer(ClassifyRequest.Builder request) {
        return Probabilities.of(classify(request).getLabelsList());
    }

    private ClassifyResponse classify(ClassifyRequest.Builder request) {
        return FineGrainedClassificationGrpc.newBlockingStub(run.channel()).classify(request.build());
    }

    /// The mean of what the model's file says of each window, and of each mirrored.
    private Probabilities raw(String name, List<Corner> corners, boolean mirrored) throws Exception {
        List<Probabilities> answers = new ArrayList<>();
        try (RawModel model =
                RawModel.open(new ModelRepository(models).newest(name).file())) {
            for (Corner corner : corners) {
                answers.add(raw(model, corner, false));
                if (mirrored) {
                    answers.add(raw(model, corner, true));
                }
            }
        }
        return Probabilities.mean(answers);
    }

    private Probabilities raw(RawModel model, Corner corner, boolean mirrored) throws Exception {
        byte[] pixels = new byte[SIDE * SIDE * 3];
        int at = 0;
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                int column = mirrored ? SIDE - 1 - x : x;
                int rgb = image.getRGB(corner.x() + column, corner.y() + y);
                pixels[at++] = (byte) (rgb >> 16);
                pixels[at++] = (byte) (rgb >> 8);
                pixels[at++] = (byte) rgb;
            }
        }
        return Probabilities.softmax(model.run(pixels, new long[] {1, SIDE, SIDE, 3}, "logits"), TEMPERATURE);
    }

    private ByteString png() {
        try (var file = new ByteArrayOutputStream()) {
            ImageIO.write(image, "png", file);
            return ByteString.copyFrom(file.toByteArray());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /// Rectangles, each place of the image unlike the others.
    private static BufferedImage noise() {
        var image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        var random = new Random(7);
        for (int i = 0; i < 200; i++) {
            int x = random.nextInt(WIDTH - 8);
            int y = random.nextInt(HEIGHT - 8);
            int[] colour = new int[64];
            Arrays.fill(colour, random.nextInt(1 << 24));
            image.setRGB(x, y, 2 + random.nextInt(7), 2 + random.nextInt(7), colour, 0, 8);
        }
        return image;
    }
}
