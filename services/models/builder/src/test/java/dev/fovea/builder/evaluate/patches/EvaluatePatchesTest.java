package dev.fovea.builder.evaluate.patches;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fovea.architectures.ModelRequest;
import dev.fovea.architectures.siftnet.SiftNetArchitecture;
import dev.fovea.repository.ElementType;
import dev.fovea.repository.ModelRepository;
import dev.fovea.repository.ModelVersion;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// The whole command on two drawn sequences, with the real SIFTNet on the real ONNX Runtime.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EvaluatePatchesTest {

    private record Outcome(int code, String out, String err) {}

    private Path folder = Path.of("");
    private Outcome outcome = new Outcome(-1, "", "");

    @BeforeAll
    void evaluate(@TempDir Path temporary) throws IOException {
        folder = temporary;
        RenderedSequence.write(
                folder.resolve("sequences/turned"), 1, rotated(10, 1), rotated(-25, 1.2), rotated(60, 0.9));
        RenderedSequence.write(folder.resolve("sequences/sheared"), 2, sheared(0.1), sheared(-0.25));
        ModelVersion siftnet = new ModelRepository(folder.resolve("models")).place("siftnet", 1);
        Files.createDirectories(siftnet.file().getParent());
        Files.write(
                siftnet.file(),
                new SiftNetArchitecture()
                        .build(ModelRequest.defaults("siftnet", ElementType.UINT8))
                        .toBytes());
        outcome = run(
                "--json",
                folder.resolve("scores.json").toString(),
                "--plot",
                folder.resolve("s.png").toString());
    }

    @Test
    void printsATableForTheTasksAndOneForTheHomographies() {
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out().lines())
                .anyMatch(line -> line.matches("sheared: 3 images, \\d+ patches; turned: 4 images, \\d+ patches"))
                .anyMatch(line -> line.startsWith("descriptor       dim  noise  verification AP  FPR95"))
                .anyMatch(line -> line.startsWith("siftnet@1        128  easy "))
                .anyMatch(line -> line.startsWith("OpenCV RootSIFT  128  mean "))
                .anyMatch(line -> line.startsWith("descriptor       sheared  turned"));
        assertThat(outcome.err()).contains("2 sequences searched for patches in", "21 images described in");
    }

    @Test
    void theJsonHasEveryFigureAndLessNoiseIsEasier() throws IOException {
        JsonNode json =
                new ObjectMapper().readTree(folder.resolve("scores.json").toFile());

        assertThat(json.at("/settings/seed").asLong()).isEqualTo(5);
        assertThat(json.at("/descriptors")).hasSize(3);
        for (JsonNode descriptor : json.at("/descriptors")) {
            for (String figure : List.of("verificationAp", "matchingMap", "retrievalMap")) {
                double easy = descriptor.at("/noise/easy/" + figure).asDouble();
                assertThat(easy).as("%s of %s", figure, descriptor.at("/name")).isBetween(0.7, 1.0);
                assertThat(descriptor.at("/noise/tough/" + figure).asDouble()).isLessThan(easy);
            }
            assertThat(descriptor.at("/noise/tough/fpr95").asDouble())
                    .isGreaterThan(descriptor.at("/noise/easy/fpr95").asDouble());
            assertThat(descriptor.at("/noise").has("hard"))
                    .as("was not asked for")
                    .isFalse();
            assertThat(descriptor.at("/homographies")).hasSize(5);
            assertThat(descriptor.at("/mean/homographyMaa").asDouble()).isGreaterThan(0.9);
        }
    }

    @Test
    void thePlotHasARowForEachDescriptorInEachPanel() throws IOException {
        BufferedImage picture = ImageIO.read(folder.resolve("s.png").toFile());

        assertThat(picture.getWidth()).isEqualTo(1280);
        assertThat(picture.getHeight()).isGreaterThan(2 * 3 * 30);
        long bars = java.util.stream.IntStream.range(0, picture.getHeight())
                .filter(y -> (picture.getRGB(250, y) & 0xFFFFFF) == 0x8FB3D9)
                .count();
        assertThat(bars).as("pixels of two panels' bars in one column").isBetween(6L * 15, 6L * 18);
    }

    @Test
    void theSameSeedGivesTheSameFiguresToTheLastDigit() {
        assertThat(run().out()).isEqualTo(outcome.out());
    }

    @Test
    void wrongRequestsAreRefusedInOneLine() {
        assertThat(messageOf("nowhere")).endsWith("nowhere is not a folder");
        assertThat(messageOf("sequences", "--model", "siftnet")).isEqualTo("--model [siftnet] needs --repository");
        assertThat(messageOf("sequences", "--no-baselines"))
                .isEqualTo("there is nothing to measure: no --model, and --no-baselines");
        assertThat(messageOf("sequences", "--repository", "models", "--model", "siftnet@x"))
                .isEqualTo("the version in --model siftnet@x is not a whole number");
        assertThat(messageOf("sequences", "--repository", "models", "--model", "siftnet@9"))
                .startsWith("model \"siftnet\" has no version 9");
        assertThat(messageOf("sequences", "sequences/turned")).isEqualTo("two sequences are named turned");
        assertThat(messageOf("sequences", "--json", "/nowhere/scores.json"))
                .isEqualTo("--json /nowhere/scores.json: /nowhere is not a folder");
        assertThat(messageOf("sequences", "--patches", "0")).isEqualTo("--patches 0 is outside 10 to 5000");
    }

    private Outcome run(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                folder.resolve("sequences").toString(),
                "--repository",
                folder.resolve("models").toString(),
                "--model",
                "siftnet@1",
                "--noise",
                "TOUGH,easy",
                "--patches",
                "40",
                "--keypoints",
                "200",
                "--pairs",
                "2000",
                "--seed",
                "5"));
        arguments.addAll(List.of(more));
        return execute(arguments.toArray(String[]::new));
    }

    private String messageOf(String... arguments) {
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].startsWith("sequences")
                    || List.of("models", "nowhere").contains(arguments[i])) {
                arguments[i] = folder.resolve(arguments[i]).toString();
            }
        }
        return execute(arguments).err().strip();
    }

    private static Outcome execute(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        int code = new CommandLine(new EvaluatePatches())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setExecutionExceptionHandler((failure, line, _) -> {
                    line.getErr().println(failure.getMessage());
                    return 1;
                })
                .execute(arguments);
        return new Outcome(code, out.toString(), err.toString());
    }

    private static AffineTransform rotated(double degrees, double scale) {
        var view = AffineTransform.getTranslateInstance(240, 180);
        view.rotate(Math.toRadians(degrees));
        view.scale(scale, scale);
        view.translate(-240, -180);
        return view;
    }

    private static AffineTransform sheared(double shear) {
        var view = AffineTransform.getTranslateInstance(240, 180);
        view.shear(shear, 0);
        view.scale(1, 1 - Math.abs(shear));
        view.translate(-240, -180);
        return view;
    }
}
