package dev.fovea.inference.batching;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.inference.Deadline;
import dev.fovea.inference.Lane;
import dev.fovea.inference.Ticker;
import dev.fovea.inference.failure.DeadlineExceeded;
import dev.fovea.inference.failure.InferenceFailure;
import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.inference.failure.ModelFailed;
import dev.fovea.inference.failure.Overloaded;
import dev.fovea.inference.failure.SourceUnavailable;
import dev.fovea.inference.failure.Unavailable;
import dev.fovea.inference.session.FakeModelSession;
import dev.fovea.inference.session.OutputSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;

/// Random mixes of callers against real threads: whatever happens, every call ends exactly once, with the
/// answer to its own rows or with a failure that it may get.
///
/// An identity is `caller * 100 + row`, so an answer to another caller or row cannot be taken for the right
/// one.
class BatcherPropertiesTest {

    private static final int ROWS_PER_CALLER = 100;
    private static final long HANGING_SECONDS = 30;

    @Property(tries = 300, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void noEntryIsLostOrAnsweredWithAnothersAnswer(@ForAll("scenarios") Scenario scenario) throws Exception {
        try (BatcherRig rig = new BatcherRig(scenario.policy(), scenario.instances(), 1, 2, 4, 8)) {
            scenario.program(rig);
            List<Future<Inferred>> calls = new ArrayList<>();
            for (int caller = 0; caller < scenario.callers().size(); caller++) {
                if (caller == scenario.drainBefore()) {
                    rig.background(() -> drain(rig.batcher, scenario.drainMillis()))
                            .state();
                }
                calls.add(begin(rig, scenario.callers().get(caller), caller));
            }
            for (int caller = 0; caller < calls.size(); caller++) {
                checkEnd(scenario, caller, calls.get(caller));
            }
            checkRuns(scenario, rig);
            checkExplanations(scenario, rig);
        }
    }

    private static Future<Inferred> begin(BatcherRig rig, Caller caller, int number) {
        Future<Inferred> call = rig.call(
                caller.outputs(),
                caller.lane(),
                Duration.ofMillis(caller.patienceMillis()),
                identities(number, caller.rows()));
        if (caller.cancelAfterMicros() >= 0) {
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(caller.cancelAfterMicros()));
            call.cancel(true);
        }
        return call;
    }

    private static void checkEnd(Scenario scenario, int number, Future<Inferred> call) throws Exception {
        Caller caller = scenario.callers().get(number);
        try {
            Inferred answer = call.get(HANGING_SECONDS, TimeUnit.SECONDS);
            assertThat(caller.kind()).isEqualTo(Kind.GOOD);
            switch (caller.outputs()) {
                case ANSWERS -> BatcherRig.assertAnswers(answer, identities(number, caller.rows()));
                case ALL -> BatcherRig.assertExplained(answer, identities(number, caller.rows()));
            }
        } catch (TimeoutException e) {
            throw new AssertionError("caller " + number + " is left hanging: " + caller, e);
        } catch (CancellationException e) {
            assertThat(caller.cancelAfterMicros()).isNotNegative();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof InferenceFailure failure)) {
                throw new AssertionError("caller " + number + " got something unforeseen", e.getCause());
            }
            assertThat(scenario.mayFail(caller, failure))
                    .as("%s of %s in %s", failure, caller, scenario)
                    .isTrue();
        }
    }

    /// No row of another world, and none more often than once with its batch and once alone.
    private static void checkRuns(Scenario scenario, BatcherRig rig) {
        List<Integer> seen = rig.sessions().stream()
                .map(FakeModelSession::seen)
                .flatMap(List::stream)
                .toList();
        int[] times = new int[scenario.callers().size() * ROWS_PER_CALLER];
        for (int identity : seen) {
            times[identity]++;
        }
        for (int identity = 0; identity < times.length; identity++) {
            int row = identity % ROWS_PER_CALLER;
            Caller caller = scenario.callers().get(identity / ROWS_PER_CALLER);
            assertThat(times[identity])
                    .as("runs of row %d of %s", row, caller)
                    .isLessThanOrEqualTo(row >= caller.rows() ? 0 : scenario.hasPoison() ? 2 : 1);
        }
    }

    /// No run fetches explanations unless a row in it belongs to a caller who wants them.
    private static void checkExplanations(Scenario scenario, BatcherRig rig) {
        assertThat(rig.sessions().stream().flatMap(session -> session.runs().stream()))
                .filteredOn(run -> run.outputs() == OutputSet.ALL)
                .allMatch(run -> run.identities().stream()
                        .filter(identity -> identity != FakeModelSession.SAMPLE)
                        .map(identity -> scenario.callers().get(identity / ROWS_PER_CALLER))
                        .anyMatch(caller -> caller.outputs() == OutputSet.ALL));
    }

    private static void drain(Batcher batcher, int millis) {
        try {
            batcher.drain(Deadline.after(Duration.ofMillis(millis), Ticker.system()));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int[] identities(int caller, int rows) {
        return IntStream.range(0, rows)
                .map(row -> caller * ROWS_PER_CALLER + row)
                .toArray();
    }

    @Provide
    Arbitrary<Scenario> scenarios() {
        Arbitrary<List<Caller>> callers = callers().list().ofMinSize(1).ofMaxSize(60);
        Arbitrary<BatchPolicy> policies = Combinators.combine(
                        Arbitraries.integers().between(1, 8),
                        Arbitraries.integers().between(0, 1500),
                        Arbitraries.integers().between(25, 400),
                        Arbitraries.doubles().between(0, 0.5))
                .as((batch, micros, queued, share) ->
                        new BatchPolicy(batch, Duration.ofNanos(micros * 1000L), queued, 1 << 20, share));
        return Combinators.combine(
                        callers,
                        policies,
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.frequencyOf(
                                Tuple.of(3, Arbitraries.just(Integer.MAX_VALUE)),
                                Tuple.of(1, Arbitraries.integers().between(0, 30))),
                        Arbitraries.integers().between(0, 20),
                        Arbitraries.of(0, 0, 50, 500))
                .as(Scenario::new);
    }

    private static Arbitrary<Caller> callers() {
        return Combinators.combine(
                        Arbitraries.frequency(Tuple.of(3, OutputSet.ANSWERS), Tuple.of(1, OutputSet.ALL)),
                        Arbitraries.of(Lane.class),
                        Arbitraries.frequency(
                                Tuple.of(20, Kind.GOOD), Tuple.of(2, Kind.POISON), Tuple.of(1, Kind.LETHAL)),
                        Arbitraries.frequencyOf(
                                Tuple.of(3, Arbitraries.integers().between(1, 3)),
                                Tuple.of(1, Arbitraries.integers().between(4, 30))),
                        Arbitraries.of(60_000, 60_000, 60_000, 5, 1),
                        Arbitraries.of(-1, -1, -1, -1, 0, 20, 300))
                .as(Caller::new);
    }

    /// @param drainBefore the caller before whom draining begins
    /// @param runMicros how long a run takes
    record Scenario(
            List<Caller> callers, BatchPolicy policy, int instances, int drainBefore, int drainMillis, int runMicros) {

        void program(BatcherRig rig) {
            rig.script.poison(identity -> kindOf(identity) == Kind.POISON && identity % ROWS_PER_CALLER == 0);
            rig.script.lethal(identity -> kindOf(identity) == Kind.LETHAL && identity % ROWS_PER_CALLER == 0);
            rig.script.before(() -> LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(runMicros)));
        }

        boolean hasPoison() {
            return callers.stream().anyMatch(caller -> caller.kind() == Kind.POISON);
        }

        boolean mayFail(Caller caller, InferenceFailure failure) {
            return switch (failure) {
                case ModelFailed _ -> caller.kind() == Kind.POISON;
                case DeadlineExceeded _ -> caller.patienceMillis() < 60_000;
                case Overloaded _ -> true;
                case InvalidInput tooLarge ->
                    tooLarge.code().equals("ENTRY_TOO_LARGE") && caller.rows() > policy.maxQueuedRows();
                case Unavailable _ ->
                    drainBefore < callers.size() || callers.stream().anyMatch(other -> other.kind() == Kind.LETHAL);
                case SourceUnavailable _ -> false;
            };
        }

        private Kind kindOf(int identity) {
            return callers.get(identity / ROWS_PER_CALLER).kind();
        }
    }

    /// @param kind what its first row does to the run
    /// @param cancelAfterMicros negative: never
    record Caller(OutputSet outputs, Lane lane, Kind kind, int rows, int patienceMillis, int cancelAfterMicros) {}

    enum Kind {
        GOOD,
        /// Fails the run.
        POISON,
        /// Loses the session.
        LETHAL
    }
}
