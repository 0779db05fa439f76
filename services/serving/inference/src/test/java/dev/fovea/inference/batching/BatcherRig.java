package dev.fovea.inference.batching;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.fovea.inference.Deadline;
import dev.fovea.inference.Lane;
import dev.fovea.inference.Ticker;
import dev.fovea.inference.failure.InferenceFailure;
import dev.fovea.inference.session.FakeModel;
import dev.fovea.inference.session.FakeModelSession;
import dev.fovea.inference.session.FakeScript;
import dev.fovea.inference.session.FakeSessionLoader;
import dev.fovea.inference.session.OutputSet;
import dev.fovea.repository.ModelManifest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/// A batcher over warm fake sessions, and callers on virtual threads.
final class BatcherRig implements AutoCloseable {

    final FakeScript script = new FakeScript();
    final RecordingMetrics metrics = new RecordingMetrics();
    final QueueingBatcher batcher; // published to the instances by their queue
    final List<ModelInstance> instances;

    /// What failed stored samples said, by instance.
    final List<String> faults = new CopyOnWriteArrayList<>();

    private final FakeSessionLoader loader;
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();

    BatcherRig(BatchPolicy policy, int instances, Integer... buckets) throws InterruptedException {
        ModelManifest manifest = FakeModel.manifest(buckets);
        loader = new FakeSessionLoader(manifest, script);
        Workplace workplace =
                new Workplace(Ticker.system(), Thread.ofPlatform().daemon().factory(), metrics);
        CountDownLatch warm = new CountDownLatch(instances);
        Link link = new Link(warm);
        this.instances = IntStream.range(0, instances)
                .mapToObj(index -> new ModelInstance(index, FakeModel.VERSION, loader, workplace, link))
                .toList();
        this.instances.forEach(ModelInstance::start);
        warm.await();
        loader.sessions().forEach(FakeModelSession::forget);
        batcher = new QueueingBatcher(manifest, policy, this.instances, workplace);
        batcher.start();
    }

    /// A caller with the patience of a minute.
    Future<Inferred> call(Lane lane, int... identities) {
        return call(lane, Duration.ofMinutes(1), identities);
    }

    Future<Inferred> call(Lane lane, Duration timeout, int... identities) {
        return call(OutputSet.ANSWERS, lane, timeout, identities);
    }

    Future<Inferred> call(OutputSet outputs, Lane lane, Duration timeout, int... identities) {
        return callers.submit(() ->
                batcher.infer(FakeModel.items(identities), outputs, lane, Deadline.after(timeout, Ticker.system())));
    }

    /// A bulk caller with the patience of a minute who wants explanations.
    Future<Inferred> callForAll(int... identities) {
        return call(OutputSet.ALL, Lane.BULK, Duration.ofMinutes(1), identities);
    }

    /// Makes an idle instance run a row and stay in that run until the script lets it go.
    @CanIgnoreReturnValue
    Future<Inferred> occupy(int identity) throws InterruptedException {
        script.hold();
        Future<Inferred> call = call(Lane.BULK, identity);
        script.awaitRun();
        return call;
    }

    Future<?> background(Runnable action) {
        return callers.submit(action);
    }

    List<FakeModelSession> sessions() {
        return loader.sessions();
    }

    FakeModelSession session() {
        return loader.sessions().getFirst();
    }

    static void assertExplained(Inferred answer, int... identities) {
        assertThat(answer.outputs()).hasSize(3);
        assertThat(answer.outputs().getLast().rows()).isEqualTo(identities.length);
        for (int row = 0; row < identities.length; row++) {
            assertThat(answer.outputs().getLast().row(row)).containsExactly(FakeModel.explanationOf(identities[row]));
        }
        assertRows(answer, identities);
    }

    /// Answers and nothing else.
    static void assertAnswers(Inferred answer, int... identities) {
        assertThat(answer.outputs()).hasSize(2);
        assertRows(answer, identities);
    }

    private static void assertRows(Inferred answer, int... identities) {
        for (int row = 0; row < identities.length; row++) {
            assertThat(answer.output().row(row)).containsExactly(FakeModel.answerTo(identities[row]));
            assertThat(answer.outputs().get(1).row(row)).containsExactly(identities[row]);
        }
        assertThat(answer.output().rows()).isEqualTo(identities.length);
    }

    static InferenceFailure failureOf(Future<Inferred> call) throws InterruptedException {
        try {
            throw new AssertionError("answered: " + call.get());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof InferenceFailure failure) {
                return failure;
            }
            throw new AssertionError("not an inference failure", e.getCause());
        }
    }

    @Override
    public void close() {
        script.releaseAll();
        batcher.close();
        callers.close();
    }

    private final class Link implements InstanceListener {

        private final CountDownLatch warm;

        Link(CountDownLatch warm) {
            this.warm = warm;
        }

        @Override
        public void loaded(ModelInstance instance) {}

        @Override
        public void warm(ModelInstance instance) {
            warm.countDown();
        }

        @Override
        public void unhealthy(ModelInstance instance, String reason) {
            faults.add(instance.index() + ": " + reason);
        }

        @Override
        public void failed(ModelInstance instance, Throwable cause) {
            batcher.lost(instance, cause);
        }
    }
}
