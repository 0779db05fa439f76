package dev.fovea.kafka.consume;

import dev.fovea.kafka.KafkaSettings.InFlight;

/// When to stop taking records and when to go on: stop at the limits, go on at half of them.
///
/// @param recordsPerPoll how many records one poll may return, so that the limit on records is never exceeded
record BackPressure(InFlight limits, int recordsPerPoll) {

    /// @param waiting events that were polled and may not be worked on yet
    /// @param window how many may be worked on at once
    record Load(int records, long bytes, int waiting, int window, boolean refused) {}

    /// A quarter of the limit, so that polling and working overlap; at most Kafka's own default of 500.
    static int recordsPerPoll(InFlight limits) {
        return Math.clamp(limits.maxRecords() / 4, 1, 500);
    }

    boolean paused(boolean pausedNow, Load load) {
        // After a refusal an event in flight probes whether there is room again; without one the next polled must.
        boolean probing = load.refused() && load.records() > 0;
        // More than a window of waiting events only costs memory.
        if (probing || load.waiting() >= load.window()) {
            return true;
        }
        return pausedNow ? !belowHalf(load) : atLimit(load);
    }

    private boolean atLimit(Load load) {
        return load.records() + recordsPerPoll > limits.maxRecords() || load.bytes() >= limits.maxBytes();
    }

    private boolean belowHalf(Load load) {
        return load.records() <= limits.maxRecords() / 2 && load.bytes() <= limits.maxBytes() / 2 && !atLimit(load);
    }
}
