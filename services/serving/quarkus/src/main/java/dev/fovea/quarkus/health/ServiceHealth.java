package dev.fovea.quarkus.health;

import dev.fovea.inference.Ticker;
import dev.fovea.inference.lifecycle.ModelHealth;
import dev.fovea.inference.lifecycle.ModelLifecycle;
import dev.fovea.inference.lifecycle.ModelState;
import dev.fovea.kafka.consume.ConsumerState;
import dev.fovea.quarkus.parts.ServicePart;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// The truth about this process, from which every probe is answered. Never waits; any thread.
public final class ServiceHealth {

    private final List<ModelLifecycle> models;
    private final Supplier<Map<String, ConsumerState>> kafka;
    private final List<ServicePart> parts;
    private final Rules rules;
    private final Ticker ticker;
    private final Map<String, FailureSpell> kafkaFailing = new ConcurrentHashMap<>();
    private volatile boolean draining;

    /// @param kafka the consumers' states by their names; empty where Kafka is not enabled
    /// @param parts what the service needs besides
    public ServiceHealth(
            List<ModelLifecycle> models,
            Supplier<Map<String, ConsumerState>> kafka,
            List<ServicePart> parts,
            Rules rules,
            Ticker ticker) {
        this.models = List.copyOf(models);
        this.kafka = kafka;
        this.parts = List.copyOf(parts);
        this.rules = rules;
        this.ticker = ticker;
    }

    /// @param kafkaRequired whether readiness waits for assigned partitions
    /// @param stuckAfter without a poll for so long, a consumer's thread is stuck
    /// @param failingAfter failures of a consumer that go on for so long end readiness, until none is seen for
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
        return !draining
                && modelsReady().stream().allMatch(Finding::up)
                && partsReady().stream().allMatch(Finding::up);
    }

    /// Whether everything this process is for works.
    public boolean ready() {
        // Looked at in any case: a spell of failures is known only by looking.
        boolean consumes = kafkaReady().stream().allMatch(Finding::up);
        return consumes && answersCalls();
    }

    /// Whether loading and warming up are over.
    public boolean started() {
        return modelsStarted().stream().allMatch(Finding::up);
    }

    /// Whether every thread that must move does.
    public boolean alive() {
        return modelsAlive().stream().allMatch(Finding::up)
                && kafkaAlive().stream().allMatch(Finding::up);
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

    /// What the service needs besides its models; empty where that is nothing.
    public List<Finding> partsReady() {
        return parts.stream()
                .map(part -> {
                    Optional<String> problem = part.problem();
                    boolean works = problem.isEmpty();
                    return new Finding(
                            part.name(), works, !works, works ? "WORKING" : "FAILING", problem.orElse("works"));
                })
                .toList();
    }

    /// Of every consumer; empty where Kafka is not enabled.
    public List<Finding> kafkaAlive() {
        return consumers(this::alive);
    }

    /// Of every consumer; empty where Kafka is not enabled.
    public List<Finding> kafkaReady() {
        return consumers(this::consuming);
    }

    private List<Finding> consumers(BiFunction<String, ConsumerState, Finding> look) {
        return kafka.get().entrySet().stream()
                .map(consumer -> look.apply(consumer.getKey(), consumer.getValue()))
                .toList();
    }

    /// Assigned partitions alone are no proof: they stay while no commit succeeds.
    private Finding consuming(String name, ConsumerState state) {
        boolean assigned = state.phase() == ConsumerState.Phase.RUNNING
                && !state.assigned().isEmpty();
        Optional<String> failing = kafkaFailing
                .computeIfAbsent(name, _ -> new FailureSpell(rules.failingAfter()))
                .seen(state.lastFailure(), ticker.nanoTime());
        boolean works = assigned && failing.isEmpty();
        String reason = state.lastFailure()
                .or(() -> failing)
                .orElse(assigned ? "assigned " + state.assigned().size() + " partitions" : "no partition is assigned");
        boolean error = failing.isPresent() || state.lastFailure().isPresent();
        return new Finding(
                name, works || !rules.kafkaRequired(), error, state.phase().name(), reason);
    }

    private Finding alive(String name, ConsumerState state) {
        Duration silent = Duration.ofNanos(ticker.nanoTime() - state.lastPollNanos());
        return switch (state.phase()) {
            case DEAD ->
                new Finding(name, false, true, "DEAD", state.lastFailure().orElse("the consumer's thread has ended"));
            case CONNECTING, RUNNING, DRAINING -> {
                boolean moves = silent.compareTo(rules.stuckAfter()) <= 0;
                String reason = "last poll " + silent.toMillis() + " ms ago, limit "
                        + rules.stuckAfter().toMillis() + " ms";
                yield new Finding(name, moves, !moves, state.phase().name(), reason);
            }
            case NEW, STOPPED -> new Finding(name, true, false, state.phase().name(), "not polling");
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
