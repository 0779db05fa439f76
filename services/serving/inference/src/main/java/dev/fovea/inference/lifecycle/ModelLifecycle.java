package dev.fovea.inference.lifecycle;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.fovea.inference.Deadline;
import dev.fovea.inference.batching.Batcher;
import dev.fovea.inference.batching.InstanceListener;
import dev.fovea.inference.batching.InstanceVitals;
import dev.fovea.inference.batching.LoadedModel;
import dev.fovea.inference.batching.ModelInstance;
import dev.fovea.inference.batching.QueueingBatcher;
import dev.fovea.inference.batching.Workplace;
import dev.fovea.inference.failure.Unavailable;
import dev.fovea.inference.session.SessionLoader;
import dev.fovea.repository.ModelManifest;
import dev.fovea.repository.ModelVersion;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One version of a model from loading to stopped: load, warm up, serve, drain, stop.
///
/// Any thread may call. It owns the model's instances and closes them; whoever made it closes it. Versions know
/// nothing of each other: a new one is put beside the old in [Models], and the old one drained, while requests
/// in flight finish on the one they found.
public final class ModelLifecycle implements ServingModel, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ModelLifecycle.class);

    private final ModelVersion version;
    private final ModelConfig config;
    private final Surroundings surroundings;
    private final Workplace workplace;
    private final List<ModelInstance> instances;
    private final SampleRun sampleRun;

    private final StateTransitions states;

    // Held for bookkeeping only, never while anything is waited for or an instance is closed.
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private @Nullable QueueingBatcher batcher;

    @GuardedBy("lock")
    private boolean closing;

    @GuardedBy("lock")
    private SampleCheck lastCheck = new SampleCheck.None();

    public ModelLifecycle(ModelVersion version, SessionLoader loader, ModelConfig config, Surroundings surroundings) {
        this.version = version;
        this.config = config;
        this.surroundings = surroundings;
        this.workplace = new Workplace(surroundings.ticker(), surroundings.threads(), surroundings.metrics());
        this.states = new StateTransitions(version, surroundings);
        this.sampleRun = new SampleRun(surroundings.ticker());
        InstanceListener listener = new Progress();
        this.instances = IntStream.range(0, config.instances())
                .mapToObj(index -> new ModelInstance(index, version, loader, workplace, listener))
                .toList();
    }

    /// Starts the instances' threads, which load and warm up; returns at once. Called once.
    public void start() {
        instances.forEach(ModelInstance::start);
    }

    /// Waits until the model serves, has failed, or has been stopped, or the deadline has passed.
    ///
    /// @return the state then
    public ModelState awaitStarted(Deadline deadline) throws InterruptedException {
        return states.awaitStarted(deadline);
    }

    /// Refuses new entries and waits for the queued ones; those not answered by the deadline fail as
    /// unavailable. The sessions stay open until [#close()].
    public void drain(Deadline deadline) throws InterruptedException {
        Duration remaining = Duration.ofNanos(deadline.remainingNanos(surroundings.ticker()));
        boolean served = states.transition(
                ModelState.Serving.class,
                serving -> serving.draining(surroundings.clock().instant().plus(remaining)));
        if (served) {
            openBatcher().orElseThrow().drain(deadline);
        }
    }

    /// Health by the facts at hand; never waits. For liveness probes and metrics.
    public ModelHealth health() {
        return ModelHealth.assess(
                facts(), config.health(), surroundings.ticker().nanoTime());
    }

    /// Health, after running the stored sample if traffic has been failing or absent. For readiness probes.
    ///
    /// @param deadline for the sample's answer
    public ModelHealth probe(Deadline deadline) throws InterruptedException {
        if (ModelHealth.needsSample(
                facts(), config.health(), surroundings.ticker().nanoTime())) {
            checkSample(deadline);
        }
        return health();
    }

    /// Runs the stored sample on every working instance and compares the answers with the recorded one.
    ///
    /// @return [SampleCheck.None] if the model does not serve
    public SampleCheck checkSample(Deadline deadline) throws InterruptedException {
        Optional<QueueingBatcher> serving = openBatcher();
        if (serving.isEmpty() || !(state() instanceof ModelState.Serving)) {
            return new SampleCheck.None();
        }
        SampleCheck before = lastCheck();
        SampleCheck check = sampleRun.on(instances, serving.get(), manifest(), deadline);
        if (check instanceof SampleCheck.Failed failed) {
            LOG.atWarn().addKeyValue("model", version).log("stored sample: {}", failed.reason());
        }
        keep(check, before);
        return check;
    }

    /// By instance.
    public List<InstanceVitals> vitals() {
        return instances.stream().map(ModelInstance::vitals).toList();
    }

    @Override
    public String name() {
        return version.name();
    }

    @Override
    public int version() {
        return version.version();
    }

    /// @throws Unavailable before the model is loaded
    @Override
    public ModelManifest manifest() {
        return loaded().orElseThrow(this::notReady).manifest();
    }

    /// @throws Unavailable before the model is loaded
    @Override
    public String digest() {
        return loaded().orElseThrow(this::notReady).digest();
    }

    /// Empty before the model is loaded.
    @Override
    public List<String> executionProviders() {
        return loaded().map(LoadedModel::executionProviders).orElse(List.of());
    }

    @Override
    public ModelState state() {
        return states.state();
    }

    /// Instances that have not been lost or stopped.
    @Override
    public int instances() {
        return (int) vitals().stream().filter(InstanceVitals::isThere).count();
    }

    /// @throws Unavailable `MODEL_NOT_READY` before the model serves, `MODEL_UNHEALTHY` after its stored sample has
    ///     failed and until that passes again; later the batcher itself refuses
    @Override
    public Batcher batcher() {
        if (lastCheck() instanceof SampleCheck.Failed failed) {
            throw new Unavailable("MODEL_UNHEALTHY", "model " + version + ", stored sample: " + failed.reason());
        }
        return openBatcher().orElseThrow(this::notReady);
    }

    /// Drains without waiting and frees everything; waits for a run in progress to end. Idempotent.
    @Override
    public void close() {
        states.transition(
                ModelState.Serving.class,
                serving -> serving.draining(surroundings.clock().instant()));
        beginClosing().ifPresent(QueueingBatcher::close);
        instances.forEach(ModelInstance::stop);
        instances.forEach(ModelInstance::close);
        if (!(states.transition(ModelState.Draining.class, ModelState.Draining::stopped)
                || states.transition(ModelState.Loading.class, ModelState.Loading::stopped)
                || states.transition(ModelState.Warming.class, ModelState.Warming::stopped))) {
            states.transition(ModelState.Failed.class, ModelState.Failed::stopped);
        }
    }

    private SampleCheck lastCheck() {
        lock.lock();
        try {
            return lastCheck;
        } finally {
            lock.unlock();
        }
    }

    /// @param before the check that was known when `check` began: a pass says nothing of a failure since then
    private void keep(SampleCheck check, SampleCheck before) {
        lock.lock();
        try {
            if (check instanceof SampleCheck.Failed || lastCheck == before) {
                lastCheck = check;
            }
        } finally {
            lock.unlock();
        }
    }

    private Optional<LoadedModel> loaded() {
        return instances.getFirst().loaded();
    }

    private Optional<QueueingBatcher> openBatcher() {
        lock.lock();
        try {
            return Optional.ofNullable(batcher);
        } finally {
            lock.unlock();
        }
    }

    /// From here on no batcher is made.
    private Optional<QueueingBatcher> beginClosing() {
        lock.lock();
        try {
            closing = true;
            return Optional.ofNullable(batcher);
        } finally {
            lock.unlock();
        }
    }

    private ModelHealth.Facts facts() {
        return new ModelHealth.Facts(state(), vitals(), lastCheck());
    }

    private Unavailable notReady() {
        return new Unavailable("MODEL_NOT_READY", "model " + version + " is " + state().label());
    }

    /// What the instances report, on their owner threads.
    private final class Progress implements InstanceListener {

        @Override
        public void loaded(ModelInstance instance) {
            if (instances.stream().allMatch(each -> each.loaded().isPresent())) {
                states.transition(ModelState.Loading.class, ModelState.Loading::warming);
            }
        }

        @Override
        public void warm(ModelInstance instance) {
            if (!instances.stream().allMatch(each -> each.vitals().isWorking())) {
                return;
            }
            lock.lock();
            try {
                if (batcher == null && !closing && state() instanceof ModelState.Warming) {
                    batcher = new QueueingBatcher(manifest(), config.batching(), instances, workplace);
                    batcher.start();
                    states.transition(ModelState.Warming.class, ModelState.Warming::serving);
                }
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void unhealthy(ModelInstance instance, String reason) {
            keep(
                    new SampleCheck.Failed(
                            surroundings.ticker().nanoTime(), "instance " + instance.index() + ": " + reason),
                    lastCheck());
        }

        @Override
        public void failed(ModelInstance instance, Throwable cause) {
            Optional<QueueingBatcher> serving = openBatcher();
            serving.ifPresent(batcher -> batcher.lost(instance, cause));
            if (serving.isPresent()
                    && instances.stream().anyMatch(each -> each.vitals().isWorking())) {
                return;
            }
            if (!states.transition(ModelState.Loading.class, loading -> loading.failed(cause))
                    && !states.transition(ModelState.Warming.class, warming -> warming.failed(cause))) {
                states.transition(ModelState.Serving.class, state -> state.failed(cause));
            }
            instances.forEach(ModelInstance::stop);
        }
    }
}
