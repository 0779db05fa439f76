package dev.fovea.quarkus;

import dev.fovea.grpc.Admission;
import dev.fovea.inference.Deadline;
import dev.fovea.inference.Ticker;
import dev.fovea.quarkus.config.HealthConfig;
import dev.fovea.quarkus.config.ServingConfig;
import dev.fovea.quarkus.health.HealthResponses;
import dev.fovea.quarkus.health.ObservationLog;
import dev.fovea.quarkus.health.ProbePort;
import dev.fovea.quarkus.health.Prober;
import dev.fovea.quarkus.health.ServiceHealth;
import dev.fovea.quarkus.health.TruthfulGrpcHealth;
import dev.fovea.quarkus.metrics.ReadyGauge;
import dev.fovea.quarkus.parts.KafkaEntrance;
import dev.fovea.quarkus.parts.ServedModels;
import dev.fovea.quarkus.parts.ServicePart;
import dev.fovea.quarkus.parts.ServiceParts;
import dev.fovea.quarkus.security.Authentication;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Produces what tells the truth about the process, and the way out.
public final class HealthBeans {

    @Produces
    @Singleton
    ServiceParts parts(Instance<ServicePart> parts, Authentication authentication) {
        return new ServiceParts(parts.stream()
                .filter(part -> part != authentication || authentication.isOn())
                .toList());
    }

    @Produces
    @Singleton
    ServiceHealth health(
            ServedModels models,
            KafkaEntrance kafka,
            ServiceParts parts,
            ServingConfig config,
            MeterRegistry registry,
            Ticker ticker) {
        var rules = new ServiceHealth.Rules(
                config.kafka().required(),
                config.health().kafkaStuckAfter(),
                config.health().kafkaFailingAfter());
        var health = new ServiceHealth(models.lifecycles(), kafka::states, parts.all(), rules, ticker);
        ReadyGauge.watch(health, registry);
        return health;
    }

    @Produces
    @Singleton
    HealthResponses responses() {
        return new HealthResponses(new ObservationLog(Clock.systemUTC()));
    }

    /// Where the gRPC server listens, unless told otherwise.
    @Produces
    @Singleton
    ProbePort probePort(
            ServiceHealth health,
            ServingConfig config,
            @ConfigProperty(name = "quarkus.grpc.server.host", defaultValue = "0.0.0.0") String host) {
        return new ProbePort(health, host, config.health().grpcPort());
    }

    /// After the drain, when nothing else of the process is left.
    void close(@Disposes ProbePort probePort) {
        probePort.close();
    }

    @Produces
    @Singleton
    Prober prober(
            ServedModels models,
            ServiceHealth health,
            Announcements announcements,
            StateChanges changes,
            ServingConfig config,
            Ticker ticker) {
        HealthConfig configured = config.health();
        var timing = new Prober.Timing(configured.probeInterval(), configured.sampleTimeout());
        var prober = new Prober(
                models.lifecycles(),
                timing,
                ticker,
                () -> announcements.refresh(health.answersCalls(), health.ready()));
        changes.tell((version, from, to) -> prober.soon());
        return prober;
    }

    @Produces
    @Singleton
    Drain drain(DrainedParts parts, ServingConfig config, Ticker ticker) {
        return new Drain(parts, config.drain().limit(), ticker, TimeUnit.NANOSECONDS::sleep, task -> Thread.ofVirtual()
                .start(task));
    }

    /// Who is told when health changes.
    record Announcements(TruthfulGrpcHealth grpc, ProbePort probes) {

        void refresh(boolean answersCalls, boolean ready) {
            grpc.refresh(answersCalls, ready);
            probes.refresh();
        }
    }

    @Produces
    @Singleton
    Announcements announcements(TruthfulGrpcHealth grpc, ProbePort probes) {
        return new Announcements(grpc, probes);
    }

    /// What this process drains.
    @Singleton
    static final class DrainedParts implements Drain.Parts {

        private final ServiceHealth health;
        private final Announcements announcements;
        private final Prober prober;
        private final KafkaEntrance kafka;
        private final Admission admission;
        private final ServiceParts own;
        private final ServedModels models;

        DrainedParts(
                ServiceHealth health,
                Announcements announcements,
                Prober prober,
                KafkaEntrance kafka,
                Admission admission,
                ServiceParts own,
                ServedModels models) {
            this.health = health;
            this.announcements = announcements;
            this.prober = prober;
            this.kafka = kafka;
            this.admission = admission;
            this.own = own;
            this.models = models;
        }

        @Override
        public void endReadiness() {
            health.drain();
            announcements.refresh(false, false);
            prober.close();
        }

        @Override
        public boolean drainKafka(Deadline deadline) throws InterruptedException {
            return kafka.drain(deadline);
        }

        @Override
        public void refuseCalls() {
            admission.drain();
        }

        @Override
        public boolean callsAreDone() {
            return admission.bytes() == 0;
        }

        @Override
        public void drainModels(Deadline deadline) throws InterruptedException {
            models.drain(deadline);
        }

        @Override
        public void close() {
            // The last commit makes durable what the service's parts hold, so they close after it.
            kafka.close();
            own.close();
            models.close();
        }
    }
}
