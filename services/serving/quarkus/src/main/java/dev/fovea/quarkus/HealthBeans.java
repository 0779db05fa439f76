package dev.fovea.quarkus;

import dev.fovea.grpc.Admission;
import dev.fovea.inference.Deadline;
import dev.fovea.inference.Ticker;
import dev.fovea.quarkus.config.HealthConfig;
import dev.fovea.quarkus.config.ServingConfig;
import dev.fovea.quarkus.health.HealthResponses;
import dev.fovea.quarkus.health.ObservationLog;
import dev.fovea.quarkus.health.Prober;
import dev.fovea.quarkus.health.ServiceHealth;
import dev.fovea.quarkus.health.TruthfulGrpcHealth;
import dev.fovea.quarkus.parts.KafkaEntrance;
import dev.fovea.quarkus.parts.ServedModels;
import dev.fovea.quarkus.parts.ServicePart;
import dev.fovea.quarkus.parts.ServiceParts;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.concurrent.TimeUnit;

/// Produces what tells the truth about the process, and the way out.
public final class HealthBeans {

    @Produces
    @Singleton
    ServiceParts parts(Instance<ServicePart> parts) {
        return new ServiceParts(parts.stream().toList());
    }

    @Produces
    @Singleton
    ServiceHealth health(
            ServedModels models, KafkaEntrance kafka, ServiceParts parts, ServingConfig config, Ticker ticker) {
        var rules = new ServiceHealth.Rules(
                config.kafka().required(),
                config.health().kafkaStuckAfter(),
                config.health().kafkaFailingAfter());
        return new ServiceHealth(models.lifecycles(), kafka::states, parts.all(), rules, ticker);
    }

    @Produces
    @Singleton
    HealthResponses responses() {
        return new HealthResponses(new ObservationLog(Clock.systemUTC()));
    }

    @Produces
    @Singleton
    Prober prober(
            ServedModels models,
            ServiceHealth health,
            TruthfulGrpcHealth grpc,
            StateChanges changes,
            ServingConfig config,
            Ticker ticker) {
        HealthConfig configured = config.health();
        var timing = new Prober.Timing(configured.probeInterval(), configured.sampleTimeout());
        var prober = new Prober(
                models.lifecycles(), timing, ticker, () -> grpc.refresh(health.answersCalls(), health.ready()));
        changes.tell((version, from, to) -> prober.soon());
        return prober;
    }

    @Produces
    @Singleton
    Drain drain(DrainedParts parts, ServingConfig config, Ticker ticker) {
        return new Drain(parts, config.drain().limit(), ticker, TimeUnit.NANOSECONDS::sleep, task -> Thread.ofVirtual()
                .start(task));
    }

    /// What this process drains.
    @Singleton
    static final class DrainedParts implements Drain.Parts {

        private final ServiceHealth health;
        private final TruthfulGrpcHealth grpcHealth;
        private final Prober prober;
        private final KafkaEntrance kafka;
        private final Admission admission;
        private final ServiceParts own;
        private final ServedModels models;

        DrainedParts(
                ServiceHealth health,
                TruthfulGrpcHealth grpcHealth,
                Prober prober,
                KafkaEntrance kafka,
                Admission admission,
                ServiceParts own,
                ServedModels models) {
            this.health = health;
            this.grpcHealth = grpcHealth;
            this.prober = prober;
            this.kafka = kafka;
            this.admission = admission;
            this.own = own;
            this.models = models;
        }

        @Override
        public void endReadiness() {
            health.drain();
            grpcHealth.refresh(false, false);
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
