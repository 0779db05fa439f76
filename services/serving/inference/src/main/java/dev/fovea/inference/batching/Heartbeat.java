package dev.fovea.inference.batching;

import dev.fovea.inference.Ticker;
import dev.fovea.inference.batching.InstanceVitals.Phase;

/// The vitals of one instance: moved by its owner thread alone, read by any.
final class Heartbeat {

    private final Ticker ticker;
    private volatile InstanceVitals vitals;

    Heartbeat(Ticker ticker) {
        this.ticker = ticker;
        this.vitals = InstanceVitals.loading(ticker.nanoTime());
    }

    InstanceVitals vitals() {
        return vitals;
    }

    void enter(Phase phase) {
        vitals = vitals.in(phase, ticker.nanoTime());
    }

    void ran(boolean success) {
        vitals = vitals.afterRun(success, ticker.nanoTime());
    }
}
