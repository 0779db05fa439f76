package dev.fovea.inference.batching;

import dev.fovea.inference.batching.InstanceVitals.Phase;
import dev.fovea.inference.failure.Unavailable;
import dev.fovea.inference.session.BatchBuffers;
import dev.fovea.inference.session.ModelSession;
import dev.fovea.inference.session.SessionException;
import dev.fovea.inference.session.SessionLoader;
import dev.fovea.inference.session.WarmUp;
import dev.fovea.repository.ModelManifest;
import dev.fovea.repository.ModelVersion;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One session and the one platform thread that owns it: it loads the session, warms it up, runs batches on it
/// and closes it. No other thread ever touches the session.
///
/// ```
///   owner thread    load ▸ warm up ▸ [ run batch n   ▸ hand out answers ] ▸ … ▸ close
///   gather thread                    [ take and gather batch n + 1      ] ▸ …
/// ```
///
/// Any thread may call its methods. Whoever made it closes it, or the [QueueingBatcher] that it was given to.
public final class ModelInstance implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ModelInstance.class);

    /// How long [#close] waits for a run in progress: a run that takes longer is stuck, and cannot be stopped.
    private static final Duration LONGEST_STOP = Duration.ofSeconds(10);

    private final int index;
    private final ModelVersion model;
    private final SessionLoader loader;
    private final Workplace workplace;
    private final InstanceListener listener;
    private final Thread owner;
    private final Heartbeat heartbeat;

    /// What the owner thread waits for once it is warm: a queue, or nothing if it is to stop.
    private final BlockingQueue<Optional<BatchQueue>> assignment = new ArrayBlockingQueue<>(1);

    private boolean lossReported; // owned by the owner thread
    private volatile @Nullable LoadedModel loaded;
    private volatile BatchQueue.@Nullable Taker taker;

    public ModelInstance(
            int index, ModelVersion model, SessionLoader loader, Workplace workplace, InstanceListener listener) {
        this.index = index;
        this.model = model;
        this.loader = loader;
        this.workplace = workplace;
        this.listener = listener;
        this.heartbeat = new Heartbeat(workplace.ticker());
        this.owner = workplace.threads().newThread(this::live);
        owner.setName(model + "-" + index);
    }

    /// Starts the owner thread. Called once.
    public void start() {
        owner.start();
    }

    public int index() {
        return index;
    }

    /// Empty until the session is loaded.
    public Optional<LoadedModel> loaded() {
        return Optional.ofNullable(loaded);
    }

    public InstanceVitals vitals() {
        return heartbeat.vitals();
    }

    /// Tells an instance that serves no queue to stop; returns at once. One that serves stops when its queue
    /// ends.
    public void stop() {
        assignment.offer(Optional.empty());
    }

    /// Stops the instance and waits until its session is closed, at most 10 s.
    @Override
    public void close() {
        stop();
        try {
            if (owner.getState() != Thread.State.NEW && !owner.join(LONGEST_STOP)) {
                LOG.atError()
                        .addKeyValue("model", model)
                        .addKeyValue("instance", index)
                        .addKeyValue("phase", vitals().phase())
                        .log("owner thread does not stop, its session is left open");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Lets the instance take its batches from `queue` until that ends.
    void serve(BatchQueue queue) {
        taker = queue.join();
        assignment.offer(Optional.of(queue));
    }

    /// Its place at the queue; empty before it serves.
    Optional<BatchQueue.Taker> taker() {
        return Optional.ofNullable(taker);
    }

    // The owner thread's whole life.
    private void live() {
        try (ModelSession session = loader.load(model)) {
            try {
                work(session);
            } catch (SessionException | RuntimeException | Error lost) {
                fail(lost); // before close(), which may hang on a lost device
            }
        } catch (SessionException | RuntimeException | Error notLoaded) {
            fail(notLoaded);
        } finally {
            if (vitals().phase() != Phase.FAILED) {
                heartbeat.enter(Phase.STOPPED);
            }
        }
    }

    private void work(ModelSession session) throws SessionException {
        checkIdentity(session.manifest());
        loaded = LoadedModel.of(session);
        heartbeat.enter(Phase.WARMING);
        listener.loaded(this);
        List<BatchBuffers> buffers = List.of(session.newBuffers(), session.newBuffers());
        WarmUp.run(session, buffers.getFirst());
        heartbeat.ran(true);
        listener.warm(this);
        try {
            Optional<BatchQueue> queue = assignment.take();
            if (queue.isPresent()) {
                runBatches(session, queue.get(), buffers);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("owner thread of " + model + " was interrupted by a stranger", e);
        }
    }

    private void checkIdentity(ModelManifest manifest) throws SessionException {
        if (!manifest.name().equals(model.name()) || manifest.version() != model.version()) {
            throw new SessionException(
                    "the file of model %s says it is %s@%d".formatted(model, manifest.name(), manifest.version()),
                    true);
        }
    }

    private void runBatches(ModelSession session, BatchQueue queue, List<BatchBuffers> buffers)
            throws SessionException, InterruptedException {
        var runs = new BatchRuns(session, heartbeat, workplace, reason -> listener.unhealthy(this, reason));
        try (Prefetch prefetch = new Prefetch(queue, taker().orElseThrow(), buffers, workplace)) {
            for (Optional<FilledBatch> next = prefetch.next(); next.isPresent(); next = prefetch.next()) {
                runOrFail(runs, next.get());
            }
        }
    }

    /// Entries whose batch was running when the session was lost do not go to another instance: theirs may be
    /// the rows that killed it.
    private void runOrFail(BatchRuns runs, FilledBatch filled) throws SessionException {
        try {
            runs.run(filled);
        } catch (SessionException | RuntimeException | Error lost) {
            heartbeat.enter(Phase.FAILED); // first: who is told of the loss must find it in the vitals
            filled.batch()
                    .fail(new Unavailable(
                            "SESSION_LOST",
                            "instance %d of model %s was lost: %s".formatted(index, model, lost.getMessage())));
            throw lost;
        }
    }

    private void fail(Throwable cause) {
        LOG.atError()
                .addKeyValue("model", model)
                .addKeyValue("instance", index)
                .addKeyValue("phase", vitals().phase())
                .setCause(cause)
                .log("instance is lost");
        heartbeat.enter(Phase.FAILED);
        if (!lossReported) {
            lossReported = true;
            listener.failed(this, cause);
        }
    }
}
