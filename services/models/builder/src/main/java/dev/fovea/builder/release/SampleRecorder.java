package dev.fovea.builder.release;

import dev.fovea.architectures.BuiltModel;
import dev.fovea.architectures.Precision;
import dev.fovea.inference.session.ModelSession;
import dev.fovea.inference.session.SessionException;
import dev.fovea.onnxruntime.ExecutionProvider;
import dev.fovea.onnxruntime.OnnxRuntimeLoader;
import dev.fovea.repository.ModelManifest;
import dev.fovea.repository.ModelVersion;
import dev.fovea.repository.StoredSample;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Runs a model once on this machine's processor and notes its answer as the stored sample, by which every later
/// load of the file is checked.
///
/// A network may jump where its input hardly changes (S3N picks peaks), and another device rounds differently. So
/// several seeds are tried, and the one is taken whose answer moves least when a few pixels change by one level. The
/// tolerance is 5e-3 of the largest value for float32 and 5e-2 for float16; where every seed's answer moves by more
/// than that, it is twice that movement, which [SampleRecording#movement] tells.
///
/// The recorded numbers are those of one processor: another kind may differ in the last bits. So the digest of a model
/// with a recorded sample identifies a file, not what it was built from; two builds on one machine are equal.
///
/// Call on a platform thread; the model's file and a session exist while it runs.
public final class SampleRecorder {

    private static final int SEEDS = 8;
    private static final double FLOAT32_TOLERANCE = 5e-3;
    private static final double FLOAT16_TOLERANCE = 5e-2;

    /// Of the tolerance: an answer that moves less is taken without looking further.
    private static final double CALM = 0.25;

    /// Of the largest value: an answer that moves more identifies no model.
    private static final double MAX_MOVEMENT = 0.25;

    private SampleRecorder() {}

    /// The model with a sample; the same model if it has one.
    ///
    /// @param precision what the trunk was built with
    /// @throws IOException naming the model, if it cannot be run or has no answer to recognise it by
    public static BuiltModel record(BuiltModel model, Precision precision) throws IOException {
        if (model.manifest().sample().isPresent()) {
            return model;
        }
        StoredSample sample =
                record(model.manifest(), model.toBytes(), precision).sample();
        return new BuiltModel(model.graph(), withSample(model.manifest(), sample));
    }

    /// @param onnx the file, with that manifest inside
    /// @throws IOException naming the model, if it cannot be run or has no answer to recognise it by
    public static SampleRecording record(ModelManifest manifest, byte[] onnx, Precision precision) throws IOException {
        Path file = Files.createTempFile("fovea-", ".onnx");
        file.toFile().deleteOnExit(); // for a process that is interrupted
        try {
            Files.write(file, onnx);
            return record(new ModelVersion(manifest.name(), manifest.version(), file), tolerance(precision));
        } catch (SessionException failed) {
            throw new IOException(String.valueOf(failed.getMessage()).replace(" (" + file + ")", ""), failed);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /// The manifest with another sample.
    public static ModelManifest withSample(ModelManifest of, StoredSample sample) {
        return new ModelManifest(
                of.name(),
                of.version(),
                of.task(),
                of.architecture(),
                of.parameters(),
                of.inputs(),
                of.outputs(),
                of.preprocessing(),
                of.labels(),
                of.outputNormalization(),
                of.batchBuckets(),
                of.provenance(),
                of.paper(),
                Optional.of(sample));
    }

    private static SampleRecording record(ModelVersion file, double tolerance) throws SessionException, IOException {
        var processor = new ExecutionProvider.Cpu(Runtime.getRuntime().availableProcessors(), false);
        try (ModelSession session = new OnnxRuntimeLoader(List.of(processor)).load(file)) {
            var run = new SampleRun(session);
            long calmest = 0;
            double least = Double.MAX_VALUE;
            for (long seed = 1; seed <= SEEDS && least > CALM * tolerance; seed++) {
                double movement = run.movement(seed);
                if (movement < least) {
                    least = movement;
                    calmest = seed;
                }
            }
            if (least > MAX_MOVEMENT) {
                throw new IOException("model " + file + " has no answer to recognise it by: with each of " + SEEDS
                        + " seeds it moves by more than " + MAX_MOVEMENT + " of its largest value (at best " + least
                        + ") when a few pixels change by one level");
            }
            double allowed = least > tolerance ? roundedUp(2 * least) : tolerance;
            return new SampleRecording(StoredSample.of(calmest, run.answer(calmest), allowed), least);
        }
    }

    private static double tolerance(Precision precision) {
        return switch (precision) {
            case FLOAT32 -> FLOAT32_TOLERANCE;
            case FLOAT16 -> FLOAT16_TOLERANCE;
        };
    }

    private static double roundedUp(double value) {
        return new BigDecimal(value).round(new MathContext(1, RoundingMode.UP)).doubleValue();
    }
}
