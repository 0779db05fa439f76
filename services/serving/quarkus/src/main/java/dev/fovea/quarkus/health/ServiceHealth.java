package dev.fovea.quarkus.health;

import dev.fovea.inference.Ticker;
import dev.fovea.inference.lifecycle.ModelHealth;
import dev.fovea.inference.lifecycle.ModelLifecycle;
import dev.fovea.inference.lifecycle.ModelState;
import dev.fovea.kafka.consume.ConsumerState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// The truth about this process, from which every probe is answered. Never waits; any thread.
public final class ServiceHealth {

    private final List<ModelLifecycle> models;
    private final Supplier<Optional<ConsumerState>> kafka;
    private final Rules rules;
    private final Ticker ticker;
    private final FailureSpell kafkaFailing;
    private volatile boolean draining;

    /// @param kafka the consumer's state; empty where Kafka is not enabled
    public ServiceHealth(
            List<ModelLifecycle> models, Supplier<Optional<ConsumerState>> kafka, Rules rules, Ticker ticker) {
        this.models = List.copyOf(models);
        this.kafka = kafka;
        this.rules = rules;
        this.ticker = ticker;
        this.kafkaFailing = new FailureSpell(rules.failingAfter());
    }

    /// @param kafkaRequired whether readiness waits for assigned partitions
    /// @param stuckAfter without a poll for so long, the consumer's thread is stuck
    /// @param failingAfter failures of the consumer that go on for so long end readiness, until none is seen for
    ///     as long
    public record Rules(boolean kafkaRequired, Duration stuckAfter, Duration failingAfter) {}

    /// What one part is.
    ///
    /// @param error whether being down is wrong, and not just early
    /// @param state one word
    /// @param reason one sentence
    /// @param degraded whether a part of it is lost, though the rest works
    public record Finding(String subject, boolean up, boolean error, String state, String reason, boolean degraded) {

        /// Of what has no parts to lose.
        public Finding(String subject, boolean up, boolean error, String state, String reason) {
            this(subject, up, error, state, reason, false);
        }
    }

    /// From now on nothing is ready.
    public void drain() {
        draining = true;
    }

    public boolean draining() {
        return draining;
    }

    /// Whether gRPC calls would be answered.
    public boolean answersCalls() {
        return !draining && modelsReady().stream().allMatch(Finding::up);
    }

    /// Whether everything this process is for works.
    public boolean ready() {
        // Looked at in any case: a spell of failures is known only by looking.
        boolean consumes = kafkaReady().map(Finding::up).orElse(true);
        return consumes && answersCalls();
    }

    public List<Finding> modelsAlive() {
        return models(ModelHealth::alive);
    }

    public List<Finding> modelsReady() {
        return models(ModelHealth::ready);
    }

    /// Up once a model has left loading and warming up; a model that failed has too, and ends liveness.
    public List<Finding> modelsStarted() {
        return models.stream()
                .map(model -> finding(model, hasStarted(model.state()), model.health()))
                .toList();
    }

    private List<Finding> models(Predicate<ModelHealth> up) {
        return models.stream()
                .map(model -> {
                    ModelHealth seen = model.health();
                    return finding(model, up.test(seen), seen);
                })
                .toList();
    }

    /// Empty where Kafka is not enabled.
    public Optional<Finding> kafkaAlive() {
        return kafka.get().map(this::alive);
    }

    /// Empty where Kafka is not enabled.
    public Optional<Finding> kafkaReady() {
        return kafka.get().map(this::consuming);
    }

    /// Assigned partitions alone are no proof: they stay while no commit succeeds.
    private Finding consuming(ConsumerState state) {
        boolean assigned = state.phase() == ConsumerState.Phase.RUNNING
                && !state.assigned().isEmpty();
        Optional<String> failing = kafkaFailing.seen(state.lastFailure(), ticker.nanoTime());
        boolean works = assigned && failing.isEmpty();
        String reason = state.lastFailure()
                .or(() -> failing)
                .orElse(assigned ? "assigned " + state.assigned().size() + " partitions" : "no partition is assigned");
        boolean error = failing.isPresent() || state.lastFailure().isPresent();
        return new Finding(
                "kafka", works || !rules.kafkaRequired(), error, state.phase().name(), reason);
    }

    private Finding alive(ConsumerState state) {
        Duration silent = Duration.ofNanos(ticker.nanoTime() - state.lastPollNanos());
        return switch (state.phase()) {
            case DEAD ->
                new Finding(
                        "kafka", false, true, "DEAD", state.lastFailure().orElse("the consumer's thread has ended"));
            case CONNECTING, RUNNING, DRAINING -> {
                boolean moves = silent.compareTo(rules.stuckAfter()) <= 0;
                String reason = "last poll " + silent.toMillis() + " ms ago, limit "
                        + rules.stuckAfter().toMillis() + " ms";
                yield new Finding("kafka", moves, !moves, state.phase().name(), reason);
            }
            case NEW, STOPPED -> new Finding("kafka", true, false, state.phase().name(), "not polling");
        };
    }

    private static Finding finding(ModelLifecycle model, boolean up, ModelHealth health) {
        ModelState state = model.state();
        String name = model.name() + "@" + model.version();
        return new Finding(name, up, !up && hasStarted(state), state.label(), health.reason(), health.degraded());
    }

    private static boolean hasStarted(ModelState state) {
        return !(state instanceof ModelState.Loading) && !(state instanceof ModelState.Warming);
    }
}
