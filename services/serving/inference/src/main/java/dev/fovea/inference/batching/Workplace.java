package dev.fovea.inference.batching;

import dev.fovea.inference.Ticker;
import java.util.concurrent.ThreadFactory;

/// What model instances take from outside.
///
/// @param threads makes platform threads; each instance names its two
public record Workplace(Ticker ticker, ThreadFactory threads, BatchingMetrics metrics) {}
