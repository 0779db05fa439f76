package dev.fovea.quarkus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.fovea.grpc.AdmissionLimits;
import dev.fovea.imaging.decode.DecodeLimits;
import dev.fovea.imaging.fetch.FetchPolicy;
import dev.fovea.inference.Deadline;
import dev.fovea.inference.lifecycle.ModelConfig;
import dev.fovea.kafka.Delivery;
import dev.fovea.kafka.Event;
import dev.fovea.kafka.EventAnswer;
import dev.fovea.kafka.KafkaSettings;
import dev.fovea.kafka.form.QueryForm;
import dev.fovea.onnxruntime.ExecutionProvider.Cpu;
import dev.fovea.onnxruntime.ExecutionProvider.Cuda;
import dev.fovea.quarkus.config.Configured;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ConfiguredObjectsTest {

    private static final ServiceIdentity SERVICE = new ServiceIdentity("tests", "1", "fovea.tests");

    /// Two places state each default; they must not drift apart.
    @Nested
    class WithoutConfiguration {

        private final dev.fovea.quarkus.config.ServingConfig config = Configured.with(Map.of());

        @Test
        void modelsAreServedByTheCoresDefaults() {
            assertThat(ConfiguredObjects.model(config)).isEqualTo(ModelConfig.DEFAULT);
        }

        @Test
        void imagesAreDecodedWithinTheDefaultLimits() {
            assertThat(ConfiguredObjects.decoding(config.limits())).isEqualTo(DecodeLimits.defaults());
        }

        @Test
        void everyReferenceIsRefused() {
            assertThat(ConfiguredObjects.fetching(config.references())).isEqualTo(FetchPolicy.nothing());
        }

        @Test
        void admissionHasItsDefaults() {
            assertThat(ConfiguredObjects.admission(config.grpc())).isEqualTo(AdmissionLimits.defaults());
        }

        @Test
        void kafkaHasItsDefaults() {
            assertThat(KafkaSettingsReader.read(config.kafka(), SERVICE))
                    .isEqualTo(KafkaSettings.of("localhost:9092", "tests", "fovea.tests"));
        }

        @Test
        void theProcessorRunsTheModels() {
            assertThat(ConfiguredObjects.providers(config.execution()))
                    .containsExactly(Cpu.withThreads(Runtime.getRuntime().availableProcessors()));
        }
    }

    @Test
    void providersComeInTheConfiguredOrderWithTheirOptions() {
        var config = Configured.with(Map.of(
                "fovea.execution.providers", "cuda,cpu",
                "fovea.execution.cuda.device-id", "3",
                "fovea.execution.cuda.memory-limit", "2G",
                "fovea.execution.cuda.tf32", "true",
                "fovea.execution.cpu.threads", "4"));

        assertThat(ConfiguredObjects.providers(config.execution()))
                .hasSize(2)
                .first()
                .isInstanceOfSatisfying(Cuda.class, cuda -> {
                    assertThat(cuda.deviceId()).isEqualTo(3);
                    assertThat(cuda.memoryLimitBytes()).isEqualTo(2L << 30);
                    assertThat(cuda.tf32()).isTrue();
                });
    }

    @Test
    void whatIsListedMayBeFetched() {
        var config = Configured.with(Map.of(
                "fovea.references.schemes", "https,file",
                "fovea.references.hosts", "*.example.com",
                "fovea.references.folders", "/srv/images",
                "fovea.references.internal-ranges", "10.1.0.0/16"));

        FetchPolicy policy = ConfiguredObjects.fetching(config.references());

        assertThat(policy.schemes()).containsExactlyInAnyOrder("https", "file");
        assertThat(policy.hosts()).containsExactly("*.example.com");
        assertThat(policy.folders()).containsExactly(Path.of("/srv/images"));
        assertThat(policy.internalRanges()).hasSize(1);
    }

    @Test
    void kafkaTakesWhatIsConfigured() {
        var config = Configured.with(Map.of(
                "fovea.kafka.delivery", "at-least-once",
                "fovea.kafka.group", "others",
                "fovea.kafka.instance-id", "worker-7",
                "fovea.kafka.topics.results", "elsewhere",
                "fovea.kafka.properties.security.protocol", "SSL"));

        KafkaSettings settings = KafkaSettingsReader.read(config.kafka(), SERVICE);

        assertThat(settings.publishing().delivery()).isEqualTo(Delivery.AT_LEAST_ONCE);
        assertThat(settings.worker().transactionalId()).isEqualTo("others-worker-7");
        assertThat(settings.topics().results()).isEqualTo("elsewhere");
        assertThat(settings.topics().deadLetters()).isEqualTo("fovea.tests.dead-letters");
        assertThat(settings.clientProperties()).containsEntry("security.protocol", "SSL");
    }

    @Test
    void aFurtherTopicHasAGroupAndClientsOfItsOwnAndTheServicesDeadLetters() {
        var config =
                Configured.with(Map.of("fovea.kafka.instance-id", "worker-7", "fovea.kafka.topics.images", "photos"));
        var route = new EventSource.Route("questions", "answers", "askers");

        var all = KafkaSettingsReader.readAll(config.kafka(), SERVICE, sources(route));

        assertThat(all.sequencedKeySet()).extracting(EventSource::name).containsExactly("images", "queries");
        KafkaSettings images = all.firstEntry().getValue();
        KafkaSettings queries = all.lastEntry().getValue();
        assertThat(images).isEqualTo(KafkaSettingsReader.read(config.kafka(), SERVICE));
        assertThat(queries.topics())
                .isEqualTo(new KafkaSettings.Topics("questions", "answers", "fovea.tests.dead-letters"));
        assertThat(queries.worker())
                .isEqualTo(new KafkaSettings.Worker("tests", "tests-queries", "askers", "worker-7"));
        assertThat(queries.worker().transactionalId())
                .isNotEqualTo(images.worker().transactionalId());
    }

    @Test
    void twoTopicsOfOneGroupAreRefused() {
        var config = Configured.with(Map.of("fovea.kafka.group", "all"));
        var route = new EventSource.Route("questions", "answers", "all");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> KafkaSettingsReader.readAll(config.kafka(), SERVICE, sources(route)))
                .withMessage("the consumers of images and queries have one group: all");
    }

    @Test
    void twoSourcesOfOneNameAreRefused() {
        EventSource<?> images = EventSource.images(ConfiguredObjectsTest::unasked);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> EventSources.of(images, images))
                .withMessage("two event sources have one name: [images, images]");
    }

    private static List<EventSource<?>> sources(EventSource.Route route) {
        return EventSources.of(
                        EventSource.images(ConfiguredObjectsTest::unasked),
                        EventSource.of("queries", route, new QueryForm(), ConfiguredObjectsTest::unasked))
                .all();
    }

    private static EventAnswer unasked(Event event, Deadline deadline) {
        throw new IllegalStateException("not asked");
    }

    @Test
    void asManyReferencesAreInFlightAsTheirMemoryHolds() {
        assertThat(ConfiguredObjects.fetchesInFlight(Configured.with(Map.of()).references()))
                .isEqualTo(8);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConfiguredObjects.fetchesInFlight(
                        Configured.with(Map.of("fovea.references.max-in-flight-bytes", "1M"))
                                .references()))
                .withMessage("fovea.references.max-in-flight-bytes = 1048576 bytes is below fovea.references.max-bytes"
                        + " = 16777216 bytes");
    }

    @Test
    void refusesValuesThatContradictEachOther() {
        var config =
                Configured.with(Map.of("fovea.batching.max-batch", "512", "fovea.batching.max-queued-rows", "100"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConfiguredObjects.model(config))
                .withMessageContaining("maxQueuedRows is 100")
                .withMessageContaining("maxBatch (512)");
    }
}
