package dev.fovea.quarkus;

import dev.fovea.inference.Deadline;
import dev.fovea.inference.Ticker;
import dev.fovea.quarkus.health.ProbePort;
import dev.fovea.quarkus.health.Prober;
import dev.fovea.quarkus.parts.KafkaEntrance;
import dev.fovea.quarkus.parts.ServedModels;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts and ends a service. The process is alive while its models load, and ready when they serve.
///
/// The drain hangs on the *delay* before Quarkus' shutdown, because both servers still listen then: probes must see
/// that readiness is off, and refused calls must be told so. `quarkus.shutdown.delay-enabled` switches it on.
@Singleton
public final class ServiceLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(ServiceLifecycle.class);
    private static final Duration LONGEST_START = Duration.ofDays(1);

    private final ServedModels models;
    private final KafkaEntrance kafka;
    private final ProbePort probePort;
    private final Prober prober;
    private final Drain drain;
    private final Ticker ticker;

    @Inject
    public ServiceLifecycle(
            ServedModels models, KafkaEntrance kafka, ProbePort probePort, Prober prober, Drain drain, Ticker ticker) {
        this.models = models;
        this.kafka = kafka;
        this.probePort = probePort;
        this.prober = prober;
        this.drain = drain;
        this.ticker = ticker;
    }

    void start(@Observes StartupEvent event) {
        probePort.start();
        models.start();
        prober.start();
        Thread.ofVirtual().name("fovea-start").start(this::consumeWhenModelsServe);
    }

    void drain(@Observes ShutdownDelayInitiatedEvent event) {
        drain.run();
    }

    /// Quarkus skips the delay where a start has failed; nothing may stay open then either.
    void stop(@Observes ShutdownEvent event) {
        drain.run();
    }

    /// Events taken before a model is warm could only be given back.
    private void consumeWhenModelsServe() {
        try {
            models.awaitStarted(Deadline.after(LONGEST_START, ticker));
            if (models.allServe()) {
                kafka.start();
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException refused) {
            LOG.atError().setCause(refused).log("the Kafka entrance cannot start");
        }
    }
}
