package dev.fovea.tests.integration.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.ByteString;
import dev.fovea.proto.v1.ClassificationResult;
import dev.fovea.proto.v1.ClassifyRequest;
import dev.fovea.proto.v1.ClassifyResponse;
import dev.fovea.proto.v1.FineGrainedClassificationGrpc;
import dev.fovea.proto.v1.GateChoice;
import dev.fovea.proto.v1.ImageInput;
import dev.fovea.proto.v1.ModelRef;
import dev.fovea.proto.v1.ScoredLabel;
import dev.fovea.proto.v1.SparseSamplingAnswers;
import dev.fovea.tests.contract.service.Outcomes;
import dev.fovea.tests.contract.service.Sender;
import dev.fovea.tests.contract.service.ServiceRun;
import dev.fovea.tests.support.Checkout;
import dev.fovea.tests.support.golden.GoldenCase;
import dev.fovea.tests.support.golden.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// S3N with seeded weights through the running service, against what the published code says of the same PNG.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SparseSamplingIT {

    private static final String ALIGNED = "s3n_resnet18_224_a_extreme_aligned";
    private static final String UNALIGNED = "s3n_resnet18_224_b_all_unaligned";
    private static final String LARGE = "s3n_resnet50_448_a_extreme_aligned";

    /// Of the largest absolute golden value: what float32 leaves of a deep network.
    private static final double TOLERANCE = 1e-4;

    private static final int ALL = 1000;
    /// The published gate: the best class alone if the sum of p ln p over five classes is above.
    private static final double CLEAR = -0.2;

    private static final int LOOKED_AT = 5;

    private Optional<ServiceRun> run = Optional.empty();

    @BeforeAll
    void serveTheGoldenNetworks(@TempDir Path folder) throws Exception {
        if (Checkout.shared(GoldenCase.FOLDER).isEmpty()) {
            return;
        }
        for (String name : List.of(ALIGNED, UNALIGNED, LARGE)) {
            GoldenModel.write(ServiceRun.models(folder), golden(name));
        }
        run = Optional.of(ServiceRun.start(
                new ClassificationUnderTest(),
                folder,
                1,
                Map.of(
                        "fovea.models.default",
                        GoldenModel.name(ALIGNED),
                        "fovea.models.load",
                        GoldenModel.name(UNALIGNED) + "," + GoldenModel.name(LARGE),
                        "fovea.classification.events.top-k",
                        String.valueOf(ALL))));
    }

    @BeforeEach
    void sharedDataIsThere() {
        assumeTrue(Checkout.shared(GoldenCase.FOLDER).isPresent(), Checkout.absent(GoldenCase.FOLDER));
    }

    @AfterAll
    void stop() {
        run.ifPresent(ServiceRun::close);
    }

    @ParameterizedTest
    @ValueSource(strings = {ALIGNED, UNALIGNED, LARGE})
    void theJointAnswerAndThoseOfTheBranchesAreThePublishedCodes(String name) throws IOException {
        ClassifyResponse response = FineGrainedClassificationGrpc.newBlockingStub(
                        run.orElseThrow().channel())
                .classify(ClassifyRequest.newBuilder()
                        .addModels(ModelRef.newBuilder().setName(GoldenModel.name(name)))
                        .setImage(ImageInput.newBuilder().setContent(ByteString.copyFrom(png(name))))
                        .setTopK(ALL)
                        .build());

        assertPublished(name, response.getLabelsList(), response.getSparseSampling());
    }

    @Test
    void eventsAreAnsweredSoToo() throws Exception {
        Sender sender = run.orElseThrow().sender();
        sender.send("golden", png(ALIGNED), Map.of("content-type", "image/png"));
        sender.finish();

        Outcomes outcomes = run.orElseThrow().await(Set.of("golden"), Duration.ofMinutes(1));

        assertThat(outcomes.isResult("golden")).isTrue();
        var result = ClassificationResult.parseFrom(outcomes.record("golden").value());
        assertPublished(ALIGNED, result.getLabelsList(), result.getSparseSampling());
    }

    private static void assertPublished(String name, List<ScoredLabel> joint, SparseSamplingAnswers answers)
            throws IOException {
        Safetensors published = golden(name).tensors();
        assertScores(joint, published, "logits");
        assertScores(answers.getOriginList(), published, "origin");
        assertScores(answers.getDiscriminativeList(), published, "discriminative");
        assertScores(answers.getComplementaryList(), published, "complementary");
        double clearness = clearness(published.row("response_maps", 0), published.shape("response_maps"));
        assertThat((double) answers.getGate().getScore()).isCloseTo(clearness, within(TOLERANCE));
        assertThat(answers.getGate().getChoice())
                .isEqualTo(
                        clearness > CLEAR
                                ? GateChoice.GATE_CHOICE_BEST_CLASS
                                : GateChoice.GATE_CHOICE_FIVE_BEST_CLASSES);
    }

    /// Probabilities hold the scores up to a constant; without their means both are the same.
    private static void assertScores(List<ScoredLabel> answer, Safetensors published, String output) {
        float[] expected = published.row(output, 0);
        double[] scores = new double[expected.length];
        Probabilities probabilities = Probabilities.of(answer);
        assertThat(probabilities.classes()).as(output).isEqualTo(expected.length);
        double largest = 0;
        double expectedMean = 0;
        double mean = 0;
        for (int i = 0; i < expected.length; i++) {
            scores[i] = Math.log(probabilities.of(i));
            largest = Math.max(largest, Math.abs(expected[i]));
            expectedMean += expected[i] / (double) expected.length;
            mean += scores[i] / expected.length;
        }
        for (int i = 0; i < expected.length; i++) {
            assertThat(scores[i] - mean)
                    .as("%s of class %d", output, i)
                    .isCloseTo(expected[i] - expectedMean, within(TOLERANCE * largest));
        }
    }

    /// Sum of p ln p over the best classes, p the softmax of the means of their maps.
    private static double clearness(float[] maps, List<Integer> shape) {
        float[] means = new float[shape.get(1)];
        int positions = maps.length / means.length;
        for (int i = 0; i < maps.length; i++) {
            means[i / positions] += maps[i] / positions;
        }
        Probabilities probabilities = Probabilities.softmax(means, 1);
        double[] all = new double[means.length];
        Arrays.setAll(all, probabilities::of);
        Arrays.sort(all);
        return Arrays.stream(all, all.length - LOOKED_AT, all.length)
                .map(p -> p * Math.log(p))
                .sum();
    }

    private static byte[] png(String name) throws IOException {
        GoldenCase golden = golden(name);
        return Files.readAllBytes(golden.folder().resolve(golden.images().getFirst()));
    }

    private static GoldenCase golden(String name) throws IOException {
        return GoldenCase.of("s3n").stream()
                .filter(golden -> golden.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no golden case " + name));
    }
}
