package dev.fovea.builder.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.architectures.BuiltModel;
import dev.fovea.architectures.ModelRequest;
import dev.fovea.architectures.Precision;
import dev.fovea.architectures.registry.Architectures;
import dev.fovea.inference.session.ModelSession;
import dev.fovea.inference.session.SessionException;
import dev.fovea.inference.session.WarmUp;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Elementwise;
import dev.fovea.onnx.op.Pool;
import dev.fovea.onnx.op.Reduce;
import dev.fovea.onnxruntime.ExecutionProvider;
import dev.fovea.onnxruntime.OnnxRuntimeLoader;
import dev.fovea.repository.ElementType;
import dev.fovea.repository.ModelRepository;
import dev.fovea.repository.ModelVersion;
import dev.fovea.repository.StoredSample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SampleRecorderTest {

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @EnumSource(names = {"UINT8", "FLOAT32"})
    void aRecordedModelPassesTheWarmUpOfAService(ElementType input) throws IOException, SessionException {
        BuiltModel model = SampleRecorder.record(TinyNetwork.model(input, Pool::globalAverage), Precision.FLOAT32);

        StoredSample sample = model.manifest().sample().orElseThrow();
        assertThat(sample.relativeTolerance()).isEqualTo(5e-3);
        assertThat(sample.expectedValues()).hasSize(3);
        for (float mean : sample.expectedValues()) {
            assertThat(mean).isCloseTo(0.5f, within(0.05f)); // of 1,024 uniform numbers
        }
        ModelVersion place = new ModelRepository(folder).place("tiny", 1);
        ModelFile.write(place, model.toBytes(), false);
        try (ModelSession session = new OnnxRuntimeLoader(List.of(ExecutionProvider.Cpu.withThreads(1))).load(place)) {
            WarmUp.run(session, session.newBuffers());
        }
    }

    @Test
    void halvesAreAllowedMore() throws IOException {
        BuiltModel model =
                SampleRecorder.record(TinyNetwork.model(ElementType.UINT8, Pool::globalAverage), Precision.FLOAT16);

        assertThat(model.manifest().sample().orElseThrow().relativeTolerance()).isEqualTo(5e-2);
    }

    @Test
    void theSameModelGivesTheSameBytes() throws IOException {
        BuiltModel model = TinyNetwork.model(ElementType.UINT8, Pool::globalAverage);

        assertThat(SampleRecorder.record(model, Precision.FLOAT32).toBytes())
                .isEqualTo(SampleRecorder.record(model, Precision.FLOAT32).toBytes());
    }

    @Test
    void aModelThatHasASampleKeepsIt() throws IOException {
        BuiltModel model = Architectures.named("siftnet").build(ModelRequest.defaults("siftnet", ElementType.UINT8));

        assertThat(SampleRecorder.record(model, Precision.FLOAT32)).isSameAs(model);
    }

    @Test
    void aJumpyModelIsGivenARoomierToleranceAndTheReason() throws IOException {
        BuiltModel model = TinyNetwork.model(ElementType.UINT8, x -> Elementwise.pow(x, 8)); // by 8 levels

        SampleRecording recording = SampleRecorder.record(model.manifest(), model.toBytes(), Precision.FLOAT32);

        assertThat(recording.movement()).isBetween(5e-3, 0.25);
        assertThat(recording.sample().relativeTolerance())
                .isGreaterThanOrEqualTo(2 * recording.movement())
                .isLessThanOrEqualTo(4 * recording.movement());
    }

    @Test
    void amongSeedsTheCalmestIsTaken() throws IOException {
        // A steep step where the mean crosses a half: seeds near it jump, seeds far from it stand still.
        BuiltModel model = TinyNetwork.model(
                ElementType.UINT8, x -> Elementwise.offset(Elementwise.sigmoid(magnifiedMean(x, 50_000)), 1));

        SampleRecording recording = SampleRecorder.record(model.manifest(), model.toBytes(), Precision.FLOAT32);

        assertThat(recording.movement()).isLessThan(1.25e-3);
        assertThat(recording.sample().relativeTolerance()).isEqualTo(5e-3);
    }

    @Test
    void aModelWhoseAnswerIsChanceIsRefused() {
        BuiltModel model = TinyNetwork.model(ElementType.UINT8, x -> Elementwise.sign(odd(Elementwise.scale(x, 255))));

        assertThatThrownBy(() -> SampleRecorder.record(model, Precision.FLOAT32))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("model tiny@1 has no answer to recognise it by")
                .hasMessageContaining("8 seeds");
    }

    @Test
    void zerosAndNumbersThatAreNoneAreRefused() {
        BuiltModel zeros = TinyNetwork.model(ElementType.UINT8, x -> Elementwise.scale(x, 0));
        BuiltModel nans = TinyNetwork.model(ElementType.FLOAT32, x -> Elementwise.log(Elementwise.offset(x, -2)));

        assertThatThrownBy(() -> SampleRecorder.record(zeros, Precision.FLOAT32))
                .hasMessage(
                        "model tiny@1 answers 3072 zeros to the sample of seed 1, by which nothing can be recognised");
        assertThatThrownBy(() -> SampleRecorder.record(nans, Precision.FLOAT32))
                .hasMessage("model tiny@1 answers NaN (element 0 of 3072) to a sample input");
    }

    /// (N, 1, 1, 1): the mean's distance from a half, times a factor.
    private static Value magnifiedMean(Value x, float factor) {
        Value mean = Reduce.mean(x, 1, 2, 3);
        return Elementwise.scale(Elementwise.offset(mean, -0.5f), factor);
    }

    /// (N, 3, 32, 1): whether a row's sum of levels is odd.
    private static Value odd(Value levels) {
        Value sums = Reduce.sum(levels, 3);
        return Elementwise.offset(Elementwise.mod(sums, sums.graph().scalar(2)), -0.5f);
    }
}
