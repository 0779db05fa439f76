package dev.fovea.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.proto.v1.ClassificationResult;
import dev.fovea.proto.v1.Keypoint;
import dev.fovea.proto.v1.PatchDescriptionResult;
import dev.fovea.proto.v1.ScoredLabel;
import dev.fovea.proto.v1.StageTimings;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LinesTest {

    @Test
    void aResultShowsKeypointsMillisecondsPerStageAndBatchSize() {
        PatchDescriptionResult result = PatchDescriptionResult.newBuilder()
                .setImageId("a.jpg")
                .addKeypoints(Keypoint.getDefaultInstance())
                .setTimings(StageTimings.newBuilder()
                        .setDecodeMicros(3_140)
                        .setPreprocessMicros(41_000)
                        .setBatchMicros(250)
                        .setInferMicros(12_960)
                        .setPostprocessMicros(40)
                        .setBatchSize(256))
                .build();

        assertThat(Lines.described(result))
                .startsWith("a.jpg ")
                .contains("1 keypoints")
                .endsWith("decode 3.1  preprocess 41.0  batch 0.3  infer 13.0  postprocess 0.0 ms  batch of 256");
    }

    @Test
    void aClassificationShowsTheBestLabelWithABarAndTwoMore() {
        ClassificationResult result = ClassificationResult.newBuilder()
                .setImageId("a.jpg")
                .addLabels(label("bricks", 0.61f))
                .addLabels(label("tiles", 0.3f))
                .addLabels(label("stones", 0.06f))
                .addLabels(label("leaves", 0.03f))
                .build();

        assertThat(Lines.classified(result, Optional.of("bricks")))
                .startsWith("a.jpg ")
                .endsWith("bricks           ############........ 0.61   tiles 0.30, stones 0.06");
        assertThat(Lines.classified(result, Optional.of("tiles"))).endsWith("stones 0.06; it is tiles");
    }

    @Test
    void barsOfShortAndLongNamesStandInLine() {
        String shortName = Lines.classified(oneLabel("a.jpg"), Optional.empty());
        String longName = Lines.classified(oneLabel("holidays/island/2024-07-21/image-0001.jpg"), Optional.empty());

        assertThat(longName).startsWith("holidays/isl..07-21/image-0001.jpg ");
        assertThat(longName.indexOf(" bricks")).isEqualTo(shortName.indexOf(" bricks"));
        assertThat(longName.indexOf('#')).isEqualTo(shortName.indexOf('#'));
    }

    private static ClassificationResult oneLabel(String image) {
        return ClassificationResult.newBuilder()
                .setImageId(image)
                .addLabels(label("bricks", 1))
                .build();
    }

    @Test
    void aClassificationWithoutLabelsSaysSo() {
        ClassificationResult result =
                ClassificationResult.newBuilder().setImageId("a.jpg").build();

        assertThat(Lines.classified(result, Optional.empty())).endsWith("no label");
    }

    private static ScoredLabel label(String label, float probability) {
        return ScoredLabel.newBuilder()
                .setLabel(label)
                .setProbability(probability)
                .build();
    }

    @Test
    void aDeadLetterShowsItsCodeAndReason() {
        String line =
                Lines.deadLetter(new Answer.DeadLetter("some-service", "a.jpg", "", "IMAGE_UNDECODABLE", "cut off"));

        assertThat(line).startsWith("a.jpg ").endsWith("DEAD LETTER of some-service: IMAGE_UNDECODABLE: cut off");
    }
}
