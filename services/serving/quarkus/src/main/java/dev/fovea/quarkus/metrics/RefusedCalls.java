package dev.fovea.quarkus.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.function.Consumer;

/// Counts gRPC calls that were refused before they began, by the code that their caller was told. Every code is there
/// from the start, at 0, so that a rate can be told from the first refusal.
public final class RefusedCalls implements Consumer<String> {

    private static final List<String> CODES = List.of(
            "CONNECTION_OVERLOADED",
            "SERVER_OVERLOADED",
            "DRAINING",
            "TOKEN_MISSING",
            "TOKEN_INVALID",
            "TOKEN_KEYS_UNAVAILABLE",
            "METHOD_NOT_ALLOWED");

    private final MeterRegistry registry;

    public RefusedCalls(MeterRegistry registry) {
        this.registry = registry;
        CODES.forEach(this::counter);
    }

    @Override
    public void accept(String code) {
        counter(code).increment();
    }

    private Counter counter(String code) {
        return Counter.builder("fovea.grpc.refused.calls")
                .description("Calls and items of streams refused before work on them began")
                .tag("code", code)
                .register(registry);
    }
}
