package dev.fovea.builder.index.client;

import java.time.Duration;
import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;

/// Repeats calls that an overloaded or unreachable service refused, with growing pauses, never shorter than the
/// service asked for (`google.rpc.RetryInfo`).
///
/// Only for calls that may be made twice. Any thread may use it.
public final class Repeats {

    private static final Duration FIRST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final Duration patience;
    private final Pause pause;
    private final DoubleSupplier jitter;

    /// @param patience sum of all pauses of one call
    /// @param jitter from 0 to 1; spreads the repeats of calls that were refused together
    Repeats(Duration patience, Pause pause, DoubleSupplier jitter) {
        this.patience = patience;
        this.pause = pause;
        this.jitter = jitter;
    }

    /// @param patience sum of all pauses of one call; zero: never repeat
    public static Repeats within(Duration patience) {
        RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
        return new Repeats(patience, Pause.real(), () -> {
            synchronized (random) {
                return random.nextDouble();
            }
        });
    }

    /// One call.
    ///
    /// @param <A> its answer
    @FunctionalInterface
    public interface Call<A> {

        A make() throws CallFailed, InterruptedException;
    }

    /// @throws CallFailed as the last try gave it, once a further pause would exceed the patience
    /// @throws InterruptedException if the thread is interrupted
    public <A> A run(Call<A> call) throws CallFailed, InterruptedException {
        Duration step = FIRST;
        Duration waited = Duration.ZERO;
        for (int tries = 1; ; tries++) {
            try {
                return call.make();
            } catch (CallFailed failed) {
                Duration next = next(step, failed);
                waited = waited.plus(next);
                if (!failed.passing() || waited.compareTo(patience) > 0) {
                    throw tries == 1 ? failed : failed.after(tries);
                }
                pause.pause(next);
                step = shorter(step.multipliedBy(2), LONGEST);
            }
        }
    }

    /// A half to the whole step at random, or what was asked for and as much random time on top.
    private Duration next(Duration step, CallFailed failed) {
        Duration half = step.dividedBy(2);
        Duration random = Duration.ofNanos((long) (half.toNanos() * jitter.getAsDouble()));
        Duration least = failed.retryAfter().orElse(Duration.ZERO);
        return (least.compareTo(half) > 0 ? least : half).plus(random);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
