package dev.fovea.inference.batching;

import dev.fovea.inference.Lane;
import dev.fovea.inference.Tensor;
import dev.fovea.inference.Ticker;
import dev.fovea.inference.batching.InstanceVitals.Phase;
import dev.fovea.inference.failure.ModelFailed;
import dev.fovea.inference.session.BatchBuffers;
import dev.fovea.inference.session.ModelSession;
import dev.fovea.inference.session.SessionException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs batches on one session and hands out the answers; a batch that fails is run again slice by slice, so
/// that only the culprit's entry fails. Used by the instance's owner thread alone.
final class BatchRunner {

    private static final Logger LOG = LoggerFactory.getLogger(BatchRunner.class);

    private final ModelSession session;
    private final String model;
    private final Heartbeat heartbeat;
    private final Ticker ticker;
    private final BatchingMetrics metrics;

    BatchRunner(ModelSession session, Heartbeat heartbeat, Workplace workplace) {
        this.session = session;
        this.model = session.manifest().name() + "@" + session.manifest().version();
        this.heartbeat = heartbeat;
        this.ticker = workplace.ticker();
        this.metrics = workplace.metrics();
    }

    /// @throws SessionException if the session is lost; entries of the batch may be unanswered then
    void run(FilledBatch filled) throws SessionException {
        List<Slice> slices = filled.batch().slices();
        Optional<SessionException> failure = attempt(filled);
        if (failure.isEmpty()) {
            return;
        }
        if (slices.size() == 1) {
            blame(slices.getFirst(), failure.get());
            return;
        }
        LOG.atWarn()
                .addKeyValue("model", model)
                .addKeyValue("rows", filled.batch().rows())
                .addKeyValue("entries", slices.size())
                .addKeyValue("cause", failure.get().getMessage())
                .log("batch failed, its entries run again alone");
        for (Slice slice : slices) {
            runAlone(slice, filled.buffers());
        }
    }

    private void runAlone(Slice slice, BatchBuffers buffers) throws SessionException {
        Batch alone = new Batch(List.of(slice), BatchingMetrics.Dispatch.RETRY, 0);
        Optional<SessionException> failure = attempt(FilledBatch.gather(alone, buffers, ticker));
        if (failure.isPresent()) {
            blame(slice, failure.get());
        }
    }

    private void blame(Slice slice, SessionException cause) {
        slice.entry()
                .fail(new ModelFailed(
                        "model %s failed on %d rows run alone: %s".formatted(model, slice.rows(), cause.getMessage()),
                        cause));
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
        heartbeat.enter(Phase.RUNNING);
        Optional<SessionException> failure = Optional.empty();
        int bucket = session.manifest().bucketFor(rows);
        try {
            bucket = session.run(filled.buffers(), rows);
        } catch (SessionException e) {
            failure = Optional.of(e);
        } catch (RuntimeException e) {
            failure = Optional.of(new SessionException("session of model " + model + " threw " + e, e, false));
        }
        long endedNanos = ticker.nanoTime();
        heartbeat.ran(failure.isEmpty());
        if (failure.isEmpty()) {
            handOut(batch, filled.buffers().outputs(), endedNanos);
        }
        report(filled, bucket, beganNanos, endedNanos, failure.isPresent());
        if (failure.isPresent() && failure.get().fatal()) {
            throw failure.get();
        }
        return failure;
    }

    private static void handOut(Batch batch, List<Tensor> outputs, long nowNanos) {
        int at = 0;
        for (Slice slice : batch.slices()) {
            slice.answer(outputs, at, nowNanos);
            at += slice.rows();
        }
    }

    private void report(FilledBatch filled, int bucket, long beganNanos, long endedNanos, boolean failed) {
        Batch batch = filled.batch();
        long longestWait = batch.slices().stream()
                .mapToLong(slice -> beganNanos - slice.entry().enteredNanos())
                .max()
                .orElse(0);
        metrics.ran(new BatchingMetrics.BatchRun(
                batch.cause(),
                batch.rows(),
                bucket,
                batch.rows(Lane.INTERACTIVE),
                longestWait,
                filled.inputNanos(),
                endedNanos - beganNanos,
                ticker.nanoTime() - endedNanos,
                failed));
    }
}
