package dev.fovea.quarkus;

import dev.fovea.grpc.Admission;
import dev.fovea.grpc.CallExecutor;
import dev.fovea.grpc.StatusMapping;
import dev.fovea.inference.Ticker;
import dev.fovea.kafka.Event;
import dev.fovea.kafka.KafkaSettings;
import dev.fovea.kafka.consume.EventConsumer;
import dev.fovea.quarkus.config.ServingConfig;
import dev.fovea.quarkus.metrics.AdmissionGauges;
import dev.fovea.quarkus.metrics.MicrometerConsumerMetrics;
import dev.fovea.quarkus.metrics.RefusedCalls;
import dev.fovea.quarkus.metrics.StageMetrics;
import dev.fovea.quarkus.parts.KafkaEntrance;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// Produces what the entrances of every service stand on: admission, threads, the consumers.
public final class EntranceBeans {

    @Produces
    @Singleton
    StatusMapping statuses() {
        return StatusMapping.withRandomIncidents();
    }

    @Produces
    @Singleton
    Admission admission(ServingConfig config, MeterRegistry registry, RefusedCalls refusals) {
        var admission = new Admission(ConfiguredObjects.admission(config.grpc()), refusals);
        AdmissionGauges.watch(admission, registry);
        return admission;
    }

    /// Calls run on virtual threads of our own: Quarkus' annotations for that lose calls under load.
    @Produces
    @Singleton
    CallExecutor calls(StatusMapping statuses, Ticker ticker, ServingConfig config) {
        return new CallExecutor(
                Thread.ofVirtual().name("fovea-call-", 0).factory(),
                statuses,
                ticker,
                config.grpc().defaultTimeout(),
                Math.toIntExact(config.grpc().maxMessageBytes().asLongValue()));
    }

    @Produces
    @Singleton
    StageMetrics stageMetrics(MeterRegistry registry) {
        return new StageMetrics(registry);
    }

    @Produces
    @Singleton
    KafkaEntrance kafka(
            ServingConfig config,
            ServiceIdentity service,
            EventSources sources,
            MeterRegistry registry,
            Ticker ticker) {
        if (!config.kafka().enabled()) {
            return new KafkaEntrance(new LinkedHashMap<>());
        }
        SequencedMap<String, EventConsumer> consumers = new LinkedHashMap<>();
        KafkaSettingsReader.readAll(config.kafka(), service, sources.all())
                .forEach((source, settings) ->
                        consumers.put(source.name(), consumer(source, settings, registry, ticker)));
        return new KafkaEntrance(consumers);
    }

    private static <E extends Event> EventConsumer consumer(
            EventSource<E> source, KafkaSettings settings, MeterRegistry registry, Ticker ticker) {
        return new EventConsumer(
                settings,
                source.form(),
                new LoggedEvents<>(source.listener()),
                new MicrometerConsumerMetrics(registry, settings.topics().events()),
                ticker);
    }
}
