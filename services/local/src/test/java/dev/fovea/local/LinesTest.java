package dev.fovea.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.proto.v1.Keypoint;
import dev.fovea.proto.v1.PatchDescriptionResult;
import dev.fovea.proto.v1.StageTimings;
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
    void aDeadLetterShowsItsCodeAndReason() {
        String line = Lines.deadLetter(new Answer.DeadLetter("a.jpg", "", "IMAGE_UNDECODABLE", "cut off"));

        assertThat(line).startsWith("a.jpg ").endsWith("DEAD LETTER IMAGE_UNDECODABLE: cut off");
    }
}
