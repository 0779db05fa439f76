package dev.fovea.quarkus.metrics;

import dev.fovea.grpc.Admission;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/// What gRPC has in flight.
public final class AdmissionGauges {

    private AdmissionGauges() {}

    public static void watch(Admission admission, MeterRegistry registry) {
        Gauge.builder("fovea.grpc.in.flight.calls", admission, Admission::calls)
                .description("Calls admitted and not yet ended")
                .register(registry);
        Gauge.builder("fovea.grpc.in.flight.bytes", admission, Admission::bytes)
                .description("Encoded requests being worked on")
                .register(registry);
    }
}
