package dev.fovea.builder.release;

import dev.fovea.inference.Tensor;
import dev.fovea.inference.session.BatchBuffers;
import dev.fovea.inference.session.ModelSession;
import dev.fovea.inference.session.SampleInput;
import dev.fovea.inference.session.SessionException;
import dev.fovea.repository.ModelManifest;
import dev.fovea.repository.StoredSample;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.function.ObjIntConsumer;

/// Answers of one session to generated inputs, and how far they move when the input hardly changes.
final class SampleRun {

    private static final int NUDGES = 3;

    /// One element in so many changes.
    private static final int ELEMENTS_PER_CHANGE = 128;

    private static final int FEWEST_CHANGES = 4;
    private static final int WHITE = 255;
    private static final float LEVEL = 1f / WHITE;
    private static final long NUDGE_SEED = 0x6E75646765L; // "nudge"

    private final ModelSession session;
    private final BatchBuffers buffers;

    SampleRun(ModelSession session) {
        this.session = session;
        this.buffers = session.newBuffers();
    }

    /// The first output for the input of a seed.
    ///
    /// @throws IOException if a number is not finite or all are zero
    float[] answer(long seed) throws SessionException, IOException {
        float[] answer = answerTo(input(seed));
        if (largest(answer) == 0) {
            throw new IOException("model " + model() + " answers " + answer.length + " zeros to the sample of seed "
                    + seed + ", by which nothing can be recognised");
        }
        return answer;
    }

    /// Largest movement of an entry over the largest entry, over a few nudged inputs.
    ///
    /// @throws IOException if an answer is not finite or all zeros
    double movement(long seed) throws SessionException, IOException {
        float[] still = answer(seed);
        double worst = 0;
        for (int nudge = 0; nudge < NUDGES; nudge++) {
            Tensor input = input(seed);
            nudge(input, seed, nudge);
            float[] moved = answerTo(input);
            for (int i = 0; i < still.length; i++) {
                worst = Math.max(worst, Math.abs((double) still[i] - moved[i]));
            }
        }
        return worst / largest(still);
    }

    private Tensor input(long seed) {
        ModelManifest manifest = session.manifest();
        return SampleInput.of(SampleRecorder.withSample(manifest, StoredSample.of(seed, new float[0], 0)));
    }

    private float[] answerTo(Tensor input) throws SessionException, IOException {
        input.copyRows(0, 1, buffers.input(), 0);
        session.run(buffers, 1);
        float[] answer = buffers.outputs().getFirst().row(0);
        for (int i = 0; i < answer.length; i++) {
            if (!Float.isFinite(answer[i])) {
                throw new IOException("model " + model() + " answers " + answer[i] + " (element " + i + " of "
                        + answer.length + ") to a sample input");
            }
        }
        return answer;
    }

    private static void nudge(Tensor input, long seed, int nudge) {
        switch (input.elementType()) {
            case UINT8 -> {
                ByteBuffer bytes = input.bytes();
                changes(seed, nudge, bytes.capacity(), (up, at) -> bytes.put(at, nudged(bytes.get(at), up)));
            }
            case FLOAT32 -> {
                FloatBuffer floats = input.floats();
                changes(seed, nudge, floats.capacity(), (up, at) -> floats.put(at, nudged(floats.get(at), up)));
            }
            case FLOAT16, INT64 -> throw new IllegalArgumentException("no sample input is " + input.elementType());
        }
    }

    private static void changes(long seed, int nudge, int elements, ObjIntConsumer<Boolean> change) {
        int count = Math.max(FEWEST_CHANGES, elements / ELEMENTS_PER_CHANGE);
        for (int i = 0; i < count; i++) {
            long bits = StoredSample.splitMix64(seed ^ NUDGE_SEED, (long) nudge * count + i);
            change.accept((bits & 1) == 0, (int) Long.remainderUnsigned(bits >>> 1, elements));
        }
    }

    private static byte nudged(byte value, boolean up) {
        int level = value & WHITE;
        return (byte) (level == 0 || (up && level < WHITE) ? level + 1 : level - 1);
    }

    private static float nudged(float value, boolean up) {
        return value < LEVEL || (up && value <= 1 - LEVEL) ? value + LEVEL : value - LEVEL;
    }

    private static double largest(float[] values) {
        double largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    private String model() {
        return session.manifest().name() + "@" + session.manifest().version();
    }
}
