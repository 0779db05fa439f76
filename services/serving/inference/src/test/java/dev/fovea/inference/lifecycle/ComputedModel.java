package dev.fovea.inference.lifecycle;

import dev.fovea.inference.Deadline;
import dev.fovea.inference.Lane;
import dev.fovea.inference.Tensor;
import dev.fovea.inference.batching.Batcher;
import dev.fovea.inference.batching.Inferred;
import dev.fovea.inference.session.OutputSet;
import dev.fovea.repository.ModelManifest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// A serving model whose answers a test computes by hand, without queue, batch and session. Any thread.
public final class ComputedModel implements ServingModel, Batcher {
    /// What every answer says it waited in the queue.
    public static final long QUEUE_NANOS = 1_000;

    /// What every answer says its inference took.
    public static final long INFER_NANOS = 2_000;

    private final ModelManifest manifest;
    private final Computation computation;
    private final List<Lane> lanes = new CopyOnWriteArrayList<>();
    private final List<OutputSet> asked = new CopyOnWriteArrayList<>();
    private volatile Optional<RuntimeException> failure = Optional.empty();

    /// The network.
    @FunctionalInterface
    public interface Computation {
        /// @return those outputs of the manifest that were asked for, in its order, as many rows as `items`
        List<Tensor> answer(Tensor items, OutputSet outputs);
    }

    public ComputedModel(ModelManifest manifest, Computation computation) {
        this.manifest = manifest;
        this.computation = computation;
    }

    /// The lane of every inference so far.
    public List<Lane> lanes() {
        return List.copyOf(lanes);
    }

    /// What every inference so far was asked for.
    public List<OutputSet> asked() {
        return List.copyOf(asked);
    }

    public void failWith(RuntimeException thrown) {
        failure = Optional.of(thrown);
    }

    @Override
    public Inferred infer(Tensor items, OutputSet outputs, Lane lane, Deadline deadline) {
        lanes.add(lane);
        asked.add(outputs);
        failure.ifPresent(thrown -> {
            throw thrown;
        });
        return new Inferred(computation.answer(items, outputs), QUEUE_NANOS, INFER_NANOS, items.rows());
    }

    @Override
    public ModelManifest manifest() {
        return manifest;
    }

    /// Told apart by the model's name.
    @Override
    public String digest() {
        return "sha256:%064x".formatted(manifest.name().hashCode() & 0xFFFF_FFFFL);
    }

    @Override
    public List<String> executionProviders() {
        return List.of("fake");
    }

    @Override
    public ModelState state() {
        return new ModelState.Serving();
    }

    @Override
    public int instances() {
        return 1;
    }

    @Override
    public Batcher batcher() {
        return this;
    }

    @Override
    public void drain(Deadline deadline) {}

    @Override
    public void close() {}
}
