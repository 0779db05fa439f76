package dev.fovea.inference.batching;

import dev.fovea.inference.Deadline;
import dev.fovea.inference.Lane;
import dev.fovea.inference.Tensor;
import dev.fovea.inference.Ticker;
import dev.fovea.inference.failure.DeadlineExceeded;
import dev.fovea.inference.failure.InferenceFailure;
import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.inference.failure.Unavailable;
import dev.fovea.inference.session.OutputSet;
import dev.fovea.repository.ModelManifest;
import dev.fovea.repository.TensorSpec;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Admission, queue and instances of one model.
///
/// Callers wait on their own threads; the instances' threads do the work. It takes the instances over and
/// closes them.
public final class QueueingBatcher implements Batcher {

    private static final Logger LOG = LoggerFactory.getLogger(QueueingBatcher.class);

    private final ModelManifest manifest;
    private final String model;
    private final List<ModelInstance> instances;
    private final Ticker ticker;
    private final BatchingMetrics metrics;
    private final BatchQueue queue;
    private final OpenEntries open = new OpenEntries();

    /// @param policy lowered to the model's largest bucket where it is above
    /// @param instances all warm, none given to another batcher
    public QueueingBatcher(
            ModelManifest manifest, BatchPolicy policy, List<ModelInstance> instances, Workplace workplace) {
        this.manifest = manifest;
        this.model = manifest.name() + "@" + manifest.version();
        this.instances = List.copyOf(instances);
        this.ticker = workplace.ticker();
        this.metrics = workplace.metrics();
        this.queue = new BatchQueue(model, policy.cappedAt(manifest.maxBatch()), ticker, metrics);
    }

    /// Lets the instances take batches. Called once.
    public void start() {
        instances.forEach(instance -> instance.serve(queue));
    }

    @Override
    public Inferred infer(Tensor items, OutputSet outputs, Lane lane, Deadline deadline) throws InterruptedException {
        Entry entry = entry(new Call(items, outputs, lane, deadline));
        try {
            check(items);
            open.admit(entry);
        } catch (InferenceFailure refused) {
            metrics.refused(lane, refused.code());
            throw refused;
        }
        try {
            offer(entry);
            return await(entry);
        } finally {
            queue.withdraw(entry);
            open.remove(entry);
        }
    }

    /// Runs `items` alone on one instance, before its queue and outside the limits: for the stored sample,
    /// which has to tell how this instance is, not how busy the model is.
    ///
    /// @throws Unavailable if the instance or the batcher no longer serves; otherwise as [#infer]
    public Inferred inferOn(ModelInstance instance, Tensor items, Deadline deadline) throws InterruptedException {
        check(items);
        Entry entry = entry(new Call(items, OutputSet.ANSWERS, Lane.INTERACTIVE, deadline));
        open.admit(entry);
        try {
            queue.offerTo(instance.taker().orElseThrow(), entry);
            return await(entry);
        } finally {
            open.remove(entry);
        }
    }

    @Override
    public void drain(Deadline deadline) throws InterruptedException {
        open.refuse(new Unavailable("DRAINING", "model " + model + " is draining and takes no more entries"));
        queue.drain();
        if (!open.awaitNone(deadline, ticker)) {
            failAll(new Unavailable("DRAINED", "model " + model + " stopped before this entry was answered"));
        }
    }

    /// An instance is lost; if it was the last one, all entries fail, and so do those that come.
    public void lost(ModelInstance instance, Throwable cause) {
        long working =
                instances.stream().filter(other -> other.vitals().isWorking()).count();
        LOG.atWarn()
                .addKeyValue("model", model)
                .addKeyValue("instance", instance.index())
                .addKeyValue("working", working)
                .log("an instance is lost");
        if (working == 0) {
            failAll(new Unavailable("MODEL_LOST", "model " + model + " has lost its last session: " + cause));
        }
    }

    @Override
    public void close() {
        failAll(new Unavailable("CLOSED", "model " + model + " is closed"));
        queue.end();
        instances.forEach(ModelInstance::close);
    }

    private void failAll(Unavailable failure) {
        open.refuse(failure);
        int failed = open.failAll(failure);
        if (failed > 0) {
            LOG.atWarn()
                    .addKeyValue("model", model)
                    .addKeyValue("entries", failed)
                    .log("open entries failed: {}", failure.getMessage());
        }
    }

    private Entry entry(Call call) {
        return new Entry(call, ticker.nanoTime(), manifest);
    }

    private void check(Tensor items) {
        TensorSpec input = manifest.inputs().getFirst();
        if (!items.fits(input)) {
            throw new InvalidInput(
                    "WRONG_SHAPE",
                    "model %s takes %s items of shape %s as \"%s\", not %s of shape %s"
                            .formatted(
                                    model,
                                    input.elementType(),
                                    input.itemShape(),
                                    input.name(),
                                    items.elementType(),
                                    items.itemShape()),
                    items,
                    input.elementType() + " " + input.itemShape());
        }
        if (items.rows() < 1) {
            throw new InvalidInput("NO_ROWS", "an entry of 0 rows, at least 1 is needed", 0, 1);
        }
    }

    private void offer(Entry entry) {
        try {
            queue.offer(entry);
            metrics.entered(entry.lane(), entry.rows());
        } catch (InferenceFailure refused) {
            metrics.refused(entry.lane(), refused.code());
            throw refused;
        }
    }

    private Inferred await(Entry entry) throws InterruptedException {
        try {
            return switch (entry.await(ticker)) {
                case Entry.Outcome.Answered(Inferred inferred) -> inferred;
                case Entry.Outcome.Failed(InferenceFailure failure) -> {
                    countIfNeverRun(entry, causeOf(failure));
                    throw failure;
                }
                case Entry.Outcome.Withdrawn() -> throw new IllegalStateException("only the caller withdraws");
            };
        } catch (InterruptedException cancelled) {
            entry.withdraw();
            countIfNeverRun(entry, BatchingMetrics.Cause.CANCELLED);
            throw cancelled;
        }
    }

    private void countIfNeverRun(Entry entry, BatchingMetrics.Cause cause) {
        if (!entry.hasStarted()) {
            metrics.abandoned(entry.lane(), cause);
        }
    }

    private static BatchingMetrics.Cause causeOf(InferenceFailure failure) {
        return failure instanceof DeadlineExceeded ? BatchingMetrics.Cause.EXPIRED : BatchingMetrics.Cause.DRAINED;
    }
}
