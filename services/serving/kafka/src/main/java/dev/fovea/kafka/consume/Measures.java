package dev.fovea.kafka.consume;

import dev.fovea.inference.Ticker;

/// The clock, and where measurements go.
record Measures(Ticker ticker, ConsumerMetrics metrics) {}
