package dev.fovea.inference.lifecycle;

import dev.fovea.inference.Ticker;
import dev.fovea.inference.batching.BatchingMetrics;
import java.time.Clock;
import java.util.concurrent.ThreadFactory;

/// What a model takes from outside: time, threads, and who is told.
///
/// @param threads makes the platform threads that own sessions and gather batches; they are named by their instance
public record Surroundings(
        Ticker ticker, Clock clock, ThreadFactory threads, BatchingMetrics metrics, StateListener listener) {

    /// The system's clocks and platform daemon threads.
    public static Surroundings system(BatchingMetrics metrics, StateListener listener) {
        return new Surroundings(
                Ticker.system(), Clock.systemUTC(), Thread.ofPlatform().daemon().factory(), metrics, listener);
    }
}
