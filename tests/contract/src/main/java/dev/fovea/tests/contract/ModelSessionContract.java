package dev.fovea.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.fovea.inference.Tensor;
import dev.fovea.inference.session.BatchBuffers;
import dev.fovea.inference.session.ModelSession;
import dev.fovea.inference.session.OutputSet;
import dev.fovea.inference.session.SampleInput;
import dev.fovea.inference.session.SessionException;
import dev.fovea.repository.ModelManifest;
import dev.fovea.repository.TensorSpec;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the inference core relies on in every [ModelSession]. The answers themselves are not its subject: an item run
/// alone is the reference for the same item in any company.
///
/// Each test loads its own session, on the test's thread, and closes it there.
public abstract class ModelSessionContract {

    private static final long SEED = 7;

    private ModelSession session;
    private ModelManifest manifest;
    private Tensor items;

    /// Loads a model with at least two buckets, a UINT8 or FLOAT32 input, FLOAT32 outputs and a stored sample.
    protected abstract ModelSession load() throws Exception;

    /// Largest difference between the answers to one item in different batches; 0 unless the engine's kernels depend
    /// on the batch size.
    protected double tolerance() {
        return 0;
    }

    @BeforeEach
    void loadSession() throws Exception {
        session = load();
        manifest = session.manifest();
        items = randomItems(manifest.inputs().getFirst(), manifest.maxBatch());
    }

    @AfterEach
    void closeSession() {
        session.close();
    }

    @Test
    void tellsItsDigestAndTheProvidersItUses() {
        assertThat(session.digest()).startsWith("sha256:");
        assertThat(session.executionProviders()).isNotEmpty();
    }

    @Test
    void buffersAreDirectAndHoldTheLargestBatch() {
        BatchBuffers buffers = session.newBuffers();

        assertThat(buffers.input().rows()).isEqualTo(manifest.maxBatch());
        assertThat(buffers.input().fits(manifest.inputs().getFirst())).isTrue();
        assertThat(buffers.input().bytes().isDirect()).isTrue();
        assertThat(buffers.outputs()).hasSameSizeAs(manifest.answers());
    }

    @Test
    void runsEveryNumberOfRowsAtTheSmallestBucketThatHoldsIt() throws SessionException {
        BatchBuffers buffers = fill(0, manifest.maxBatch());
        for (int rows = 1; rows <= manifest.maxBatch(); rows++) {
            assertThat(session.run(buffers, rows)).isEqualTo(manifest.bucketFor(rows));
        }
    }

    @Test
    void givesTheRecordedAnswerOfTheStoredSample() throws SessionException {
        BatchBuffers buffers = session.newBuffers();
        SampleInput.of(manifest).copyRows(0, 1, buffers.input(), 0);
        session.run(buffers, 1);

        assertThat(manifest.sample().orElseThrow().matches(answer(buffers, 0))).isTrue();
    }

    @Test
    void anItemIsAnsweredAlikeInEveryBatch() throws SessionException {
        for (int rows : manifest.batchBuckets()) {
            BatchBuffers batch = fill(0, rows);
            session.run(batch, rows);
            for (int row = 0; row < rows; row++) {
                assertAnswer(batch, row, alone(row));
            }
        }
    }

    @Test
    void rowsBeyondTheBatchDoNotMatter() throws SessionException {
        int rows = manifest.maxBatch() - 1;
        BatchBuffers buffers = fill(0, manifest.maxBatch());

        session.run(buffers, rows);

        assertAnswer(buffers, rows - 1, alone(rows - 1));
    }

    @Test
    void buffersMayBeUsedAgainAfterALargerBatch() throws SessionException {
        BatchBuffers buffers = fill(0, manifest.maxBatch());
        session.run(buffers, manifest.maxBatch());
        items.copyRows(1, 1, buffers.input(), 0);
        session.run(buffers, 1);

        assertAnswer(buffers, 0, alone(1));
    }

    @Test
    void answersStayUntilTheNextRunOnTheSameBuffers() throws SessionException {
        BatchBuffers first = fill(0, 1);
        session.run(first, 1);
        float[] before = answer(first, 0);

        BatchBuffers second = fill(1, 1);
        session.run(second, 1);

        assertThat(answer(first, 0)).containsExactly(before);
        assertThat(answer(second, 0)).isNotEqualTo(before);
    }

    @Test
    void aRunGivesTheOutputsItWasAskedForWhateverWasAskedBefore() throws SessionException {
        BatchBuffers buffers = fill(0, 1);
        for (OutputSet outputs : List.of(OutputSet.ALL, OutputSet.ANSWERS, OutputSet.ALL)) {
            session.run(buffers, 1, outputs);

            List<TensorSpec> specs = outputs.of(manifest);
            assertThat(buffers.outputs()).hasSameSizeAs(specs);
            for (int i = 0; i < specs.size(); i++) {
                Tensor output = buffers.outputs().get(i);
                assertThat(output.fits(specs.get(i))).as(specs.get(i).name()).isTrue();
                assertThat(output.rows()).isEqualTo(manifest.maxBatch());
                assertThat(output.bytes().isDirect()).isTrue();
            }
        }
    }

    @Test
    void answersAreTheSameWithExplanations() throws SessionException {
        BatchBuffers buffers = fill(0, 1);
        session.run(buffers, 1, OutputSet.ALL);

        assertThat(answer(buffers, 0)).containsExactly(alone(0));
    }

    @Test
    void anItemIsExplainedAlikeInEveryBatch() throws SessionException {
        for (int rows : manifest.batchBuckets()) {
            BatchBuffers batch = fill(0, rows);
            session.run(batch, rows, OutputSet.ALL);
            for (int row = 0; row < rows; row++) {
                BatchBuffers single = fill(row, 1);
                session.run(single, 1, OutputSet.ALL);
                for (int output = 0; output < manifest.outputs().size(); output++) {
                    assertClose(
                            batch.outputs().get(output).row(row),
                            single.outputs().get(output).row(0),
                            row);
                }
            }
        }
    }

    @Test
    void theSameItemsGetTheSameAnswersAgain() throws SessionException {
        assertThat(alone(0)).containsExactly(alone(0));
    }

    @Test
    void refusesBatchesThatNoBucketHoldsAndStaysUsable() throws SessionException {
        BatchBuffers buffers = fill(0, 1);

        assertThatIllegalArgumentException().isThrownBy(() -> session.run(buffers, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> session.run(buffers, manifest.maxBatch() + 1))
                .withMessageContaining(String.valueOf(manifest.maxBatch() + 1))
                .withMessageContaining(String.valueOf(manifest.maxBatch()));
        session.run(buffers, 1);

        assertAnswer(buffers, 0, alone(0));
    }

    @Test
    void refusesToRunOnceItIsClosed() {
        BatchBuffers buffers = fill(0, 1);
        session.close();

        for (OutputSet outputs : OutputSet.values()) {
            assertThatIllegalStateException().isThrownBy(() -> session.run(buffers, 1, outputs));
        }
        assertThatIllegalStateException().isThrownBy(session::newBuffers);
    }

    private BatchBuffers fill(int from, int rows) {
        BatchBuffers buffers = session.newBuffers();
        items.copyRows(from, rows, buffers.input(), 0);
        return buffers;
    }

    private float[] alone(int item) throws SessionException {
        BatchBuffers buffers = fill(item, 1);
        session.run(buffers, 1);
        return answer(buffers, 0);
    }

    private static float[] answer(BatchBuffers buffers, int row) {
        return buffers.outputs().getFirst().row(row);
    }

    private void assertAnswer(BatchBuffers buffers, int row, float[] expected) {
        assertClose(answer(buffers, row), expected, row);
    }

    private void assertClose(float[] actual, float[] expected, int row) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat(Math.abs((double) actual[i] - expected[i]))
                    .as("row %d, element %d: %s instead of %s", row, i, actual[i], expected[i])
                    .isLessThanOrEqualTo(tolerance());
        }
    }

    private static Tensor randomItems(TensorSpec spec, int rows) {
        Tensor tensor = Tensor.allocate(spec, rows);
        Random random = new Random(SEED);
        switch (spec.elementType()) {
            case UINT8 -> {
                ByteBuffer bytes = tensor.bytes();
                byte[] values = new byte[bytes.remaining()];
                random.nextBytes(values);
                bytes.put(values);
            }
            case FLOAT32 -> {
                FloatBuffer floats = tensor.floats();
                while (floats.hasRemaining()) {
                    floats.put(random.nextFloat());
                }
            }
            case FLOAT16, INT64 ->
                throw new IllegalArgumentException("the kit runs UINT8 and FLOAT32 inputs, not " + spec.elementType());
        }
        return tensor;
    }
}
