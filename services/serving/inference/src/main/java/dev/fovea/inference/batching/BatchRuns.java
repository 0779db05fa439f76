package dev.fovea.inference.batching;

import dev.fovea.inference.Lane;
import dev.fovea.inference.Tensor;
import dev.fovea.inference.Ticker;
import dev.fovea.inference.batching.InstanceVitals.Phase;
import dev.fovea.inference.failure.InferenceFailure;
import dev.fovea.inference.failure.ModelFailed;
import dev.fovea.inference.failure.Unavailable;
import dev.fovea.inference.session.BatchBuffers;
import dev.fovea.inference.session.ModelSession;
import dev.fovea.inference.session.OutputSet;
import dev.fovea.inference.session.SampleAnswer;
import dev.fovea.inference.session.SampleInput;
import dev.fovea.inference.session.SessionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs batches on one session and hands out the answers; a batch that fails is run again slice by slice, so
/// that only the culprit's entry fails. Used by the instance's owner thread alone.
///
/// Rows that fail alone are blamed only if the stored sample passes right afterwards: otherwise the model is the
/// culprit, and its callers may try elsewhere or later.
final class BatchRuns {

    private static final Logger LOG = LoggerFactory.getLogger(BatchRuns.class);

    private final ModelSession session;
    private final String model;
    private final Tensor sample;
    private final Heartbeat heartbeat;
    private final Ticker ticker;
    private final BatchingMetrics metrics;
    private final Consumer<String> unhealthy;

    /// @param unhealthy hears why the stored sample failed, before the entries fail
    BatchRuns(ModelSession session, Heartbeat heartbeat, Workplace workplace, Consumer<String> unhealthy) {
        this.session = session;
        this.model = session.manifest().name() + "@" + session.manifest().version();
        this.sample = SampleInput.of(session.manifest());
        this.heartbeat = heartbeat;
        this.ticker = workplace.ticker();
        this.metrics = workplace.metrics();
        this.unhealthy = unhealthy;
    }

    /// @throws SessionException if the session is lost; entries of the batch may be unanswered then
    void run(FilledBatch filled) throws SessionException {
        List<Slice> slices = filled.batch().slices();
        Optional<SessionException> failure = attempt(filled);
        if (failure.isEmpty()) {
            return;
        }
        List<Suspect> suspects = slices.size() == 1
                ? List.of(new Suspect(slices.getFirst(), failure.get()))
                : runAlone(filled, failure.get());
        if (!suspects.isEmpty()) {
            judge(suspects, filled);
        }
    }

    private List<Suspect> runAlone(FilledBatch filled, SessionException failure) throws SessionException {
        LOG.atWarn()
                .addKeyValue("model", model)
                .addKeyValue("rows", filled.batch().rows())
                .addKeyValue("entries", filled.batch().slices().size())
                .addKeyValue("cause", failure.getMessage())
                .log("batch failed, its entries run again alone");
        List<Suspect> suspects = new ArrayList<>();
        for (Slice slice : filled.batch().slices()) {
            Batch alone = new Batch(List.of(slice), BatchingMetrics.Dispatch.RETRY, 0);
            attempt(FilledBatch.gather(alone, filled.buffers(), ticker))
                    .ifPresent(again -> suspects.add(new Suspect(slice, again)));
        }
        return suspects;
    }

    private void judge(List<Suspect> suspects, FilledBatch filled) throws SessionException {
        Optional<String> fault = filled.batch().cause() == BatchingMetrics.Dispatch.PROBE
                ? Optional.empty() // these rows are the sample; who asked for it judges
                : sampleFault(filled.buffers());
        fault.ifPresent(reason -> {
            LOG.atWarn().addKeyValue("model", model).log("rows failed, and so did the stored sample: {}", reason);
            unhealthy.accept(reason);
        });
        for (Suspect suspect : suspects) {
            suspect.slice().entry().fail(failure(suspect, fault));
        }
    }

    private InferenceFailure failure(Suspect suspect, Optional<String> fault) {
        String rows = "model %s failed on %d rows run alone: %s"
                .formatted(model, suspect.slice().rows(), suspect.cause().getMessage());
        return fault.<InferenceFailure>map(reason ->
                        new Unavailable("MODEL_UNHEALTHY", rows + "; it fails on its stored sample too: " + reason))
                .orElseGet(() -> new ModelFailed(rows, suspect.cause()));
    }

    /// @throws SessionException if the session is lost
    private Optional<String> sampleFault(BatchBuffers buffers) throws SessionException {
        sample.copyRows(0, 1, buffers.input(), 0);
        Run run = runSession(buffers, 1, OutputSet.ANSWERS);
        Optional<String> fault = run.failure().isPresent()
                ? run.failure().map(SessionException::getMessage)
                : SampleAnswer.fault(session.manifest(), buffers.outputs().getFirst(), 0);
        Batch alone = new Batch(List.of(), BatchingMetrics.Dispatch.PROBE, 0);
        report(new FilledBatch(alone, buffers, 0), 1, run);
        run.throwIfFatal();
        return fault;
    }

    /// One run, unless nobody wants the answer any more.
    ///
    /// @return why it failed, if it did
    /// @throws SessionException if the session is lost
    private Optional<SessionException> attempt(FilledBatch filled) throws SessionException {
        Batch batch = filled.batch();
        if (!batch.isWanted()) {
            return Optional.empty();
        }
        int rows = batch.rows();
        long beganNanos = ticker.nanoTime();
        batch.slices().forEach(slice -> slice.entry().started(beganNanos, rows));
        Run run = runSession(filled.buffers(), rows, batch.outputs());
        if (run.failure().isEmpty()) {
            handOut(batch, filled.buffers().outputs(), run.endedNanos());
        }
        report(filled, rows, run);
        run.throwIfFatal();
        return run.failure();
    }

    private Run runSession(BatchBuffers buffers, int rows, OutputSet outputs) {
        long beganNanos = ticker.nanoTime();
        heartbeat.enter(Phase.RUNNING);
        Optional<SessionException> failure = Optional.empty();
        int bucket = session.manifest().bucketFor(rows);
        try {
            bucket = session.run(buffers, rows, outputs);
        } catch (SessionException e) {
            failure = Optional.of(e);
        } catch (RuntimeException e) {
            failure = Optional.of(new SessionException("session of model " + model + " threw " + e, e, false));
        }
        long endedNanos = ticker.nanoTime();
        heartbeat.ran(failure.isEmpty());
        return new Run(bucket, beganNanos, endedNanos, failure);
    }

    private static void handOut(Batch batch, List<Tensor> outputs, long nowNanos) {
        int at = 0;
        for (Slice slice : batch.slices()) {
            slice.answer(outputs, at, nowNanos);
            at += slice.rows();
        }
    }

    private void report(FilledBatch filled, int rows, Run run) {
        Batch batch = filled.batch();
        long longestWait = batch.slices().stream()
                .mapToLong(slice -> run.beganNanos() - slice.entry().enteredNanos())
                .max()
                .orElse(0);
        metrics.ran(new BatchingMetrics.BatchRun(
                batch.cause(),
                rows,
                run.bucket(),
                batch.rows(Lane.INTERACTIVE),
                longestWait,
                filled.inputNanos(),
                run.endedNanos() - run.beganNanos(),
                ticker.nanoTime() - run.endedNanos(),
                run.failure().isPresent()));
    }

    /// Rows that failed alone.
    private record Suspect(Slice slice, SessionException cause) {}

    private record Run(int bucket, long beganNanos, long endedNanos, Optional<SessionException> failure) {

        void throwIfFatal() throws SessionException {
            if (failure.isPresent() && failure.get().fatal()) {
                throw failure.get();
            }
        }
    }
}
