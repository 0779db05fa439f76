package dev.fovea.grpc;

import dev.fovea.inference.StageTimings;
import java.util.concurrent.TimeUnit;

/// Stage timings in microseconds, as they travel.
public final class TimingsMapping {
    private TimingsMapping() {}

    public static dev.fovea.proto.v1.StageTimings timings(StageTimings timings) {
        return dev.fovea.proto.v1.StageTimings.newBuilder()
                .setDecodeMicros(TimeUnit.NANOSECONDS.toMicros(timings.decodeNanos()))
                .setPreprocessMicros(TimeUnit.NANOSECONDS.toMicros(timings.preprocessNanos()))
                .setBatchMicros(TimeUnit.NANOSECONDS.toMicros(timings.batchNanos()))
                .setInferMicros(TimeUnit.NANOSECONDS.toMicros(timings.inferNanos()))
                .setPostprocessMicros(TimeUnit.NANOSECONDS.toMicros(timings.postprocessNanos()))
                .setBatchSize(timings.batchRows())
                .build();
    }
}
