package dev.fovea.builder.release;

import dev.fovea.repository.StoredSample;

/// A sample as it was recorded.
///
/// @param movement how far the answer moves when a few pixels change by one level, over its largest value; above
///     the precision's usual tolerance, it is the reason for the sample's wider one
public record SampleRecording(StoredSample sample, double movement) {}
