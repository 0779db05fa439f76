package dev.fovea.tests.contract.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.fovea.proto.v1.InfoRequest;
import dev.fovea.proto.v1.ModelRef;
import dev.fovea.proto.v1.ServedModel;
import dev.fovea.proto.v1.ServiceInfoGrpc;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// One process serves several models at once, by name.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class SeveralModelsContract {

    private static final int CALLS = 30;

    private final ByteString jpeg = ByteString.copyFrom(EventLoad.images(7).getFirst());
    private ServiceRun run;

    protected abstract ServiceUnderTest service();

    /// Every model that [#buildModels] and [#settings] make the service serve; at least two names, one of them
    /// in two versions.
    protected abstract List<ModelOffer> offers();

    /// The one that answers where none is named.
    protected abstract ModelOffer byDefault();

    protected abstract void buildModels(Path repository);

    /// Configuration besides the service's own, with `fovea.models.load` and `fovea.models.default`.
    protected abstract Map<String, String> settings();

    /// What a model says of an image, over gRPC.
    protected final ServiceAnswer ask(String name, long version) {
        return ask(ModelRef.newBuilder().setName(name).setVersion(version).build());
    }

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        buildModels(ServiceRun.models(folder));
        Map<String, String> all = new HashMap<>(service().settings());
        all.putAll(settings());
        run = ServiceRun.start(service(), folder, 1, all);
    }

    @AfterAll
    void stop() {
        run.close();
    }

    @ParameterizedTest
    @MethodSource("offers")
    void eachVersionAnswersWhoNamesIt(ModelOffer offer) {
        assertThat(offer.is(ask(offer.ref()).model())).isTrue();
    }

    @ParameterizedTest
    @MethodSource("names")
    void theNewestVersionAnswersWhoNamesNone(String name) {
        ModelOffer newest = offers().stream()
                .filter(offer -> offer.name().equals(name))
                .max(Comparator.comparingLong(ModelOffer::version))
                .orElseThrow();

        assertThat(newest.is(ask(name, 0).model())).isTrue();
    }

    @Test
    void theDefaultAnswersWhoNamesNoModel() {
        assertThat(byDefault().is(ask("", 0).model())).isTrue();
    }

    @Test
    void modelsAnswerSideBySideAsTheyDoAlone() throws Exception {
        Map<String, ServiceAnswer> alone = new HashMap<>();
        for (ModelOffer offer : offers()) {
            alone.put(offer.label(), ask(offer.ref()));
        }
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<ModelOffer> asked = new ArrayList<>();
            List<Callable<ServiceAnswer>> calls = new ArrayList<>();
            for (int i = 0; i < CALLS; i++) {
                ModelOffer offer = offers().get(i % offers().size());
                asked.add(offer);
                calls.add(() -> ask(offer.ref()));
            }
            List<Future<ServiceAnswer>> answers = callers.invokeAll(calls);
            for (int i = 0; i < CALLS; i++) {
                String label = asked.get(i).label();
                ServiceAnswer expected = Optional.ofNullable(alone.get(label)).orElseThrow();
                assertThat(answers.get(i).get().says(expected)).as(label).isTrue();
            }
        }
    }

    @Test
    void aModelThatIsNotServedIsNotFoundAndThoseThatAreAreListed() {
        ModelOffer first = offers().getFirst();
        String almost = first.name().substring(0, first.name().length() - 1);
        assertThatThrownBy(() -> ask(almost, 0)).isInstanceOfSatisfying(StatusRuntimeException.class, refused -> {
            assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
            assertThat(refused.getStatus().getDescription()).contains(labels());
        });
        assertThatThrownBy(() -> ask(first.name(), 99)).hasMessageContaining(first.name() + "@99");
    }

    @Test
    void infoListsEveryModelAndWhereItsWeightsComeFrom() {
        List<ServedModel> served = ServiceInfoGrpc.newBlockingStub(run.channel())
                .info(InfoRequest.getDefaultInstance())
                .getModelsList();

        assertThat(served).hasSameSizeAs(offers());
        for (ModelOffer offer : offers()) {
            ServedModel model = served.stream()
                    .filter(each -> offer.is(each.getIdentity()))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(offer.label() + " is not among " + served));
            assertThat(model.getState()).isEqualTo("SERVING");
            assertThat(model.getIsDefault()).as(offer.label()).isEqualTo(offer.equals(byDefault()));
            assertThat(model.getProvenance()).isEqualTo(offer.provenance());
            assertThat(model.getWeightsSource()).isNotBlank();
        }
    }

    @Test
    void pseudoRandomWeightsAreWarnedOfAtTheStart() throws Exception {
        List<String> warnings = Files.readAllLines(run.log()).stream()
                .filter(line -> line.contains("WARN") && line.contains("its answers mean nothing"))
                .toList();

        List<ModelOffer> seeded = offers().stream()
                .filter(offer -> offer.provenance().equals(ModelOffer.SEEDED))
                .toList();
        assertThat(seeded).isNotEmpty();
        assertThat(warnings).hasSameSizeAs(seeded);
        for (ModelOffer offer : seeded) {
            assertThat(warnings).anyMatch(line -> line.contains("model " + offer.label()));
        }
    }

    @Test
    void healthSpeaksForEveryModel() throws Exception {
        var ready = run.process().get("/q/health/ready");

        assertThat(ready.statusCode()).isEqualTo(200);
        assertThat(ready.body()).contains(labels());
    }

    @Test
    void eventsAreAnsweredByTheDefault() throws Exception {
        Sender sender = run.sender();
        sender.send("photo", jpeg.toByteArray(), Map.of("content-type", "image/jpeg"));
        sender.finish();

        Outcomes outcomes = run.await(Set.of("photo"), Duration.ofMinutes(1));

        ServiceResult result = service().result(outcomes.record("photo").value());
        assertThat(byDefault().is(result.answer().model())).isTrue();
        assertThat(result.answer().says(ask("", 0))).isTrue();
    }

    private Stream<String> names() {
        return offers().stream().map(ModelOffer::name).distinct();
    }

    private List<String> labels() {
        return offers().stream().map(ModelOffer::label).toList();
    }

    private ServiceAnswer ask(ModelRef model) {
        return service().call(run.channel(), model, jpeg);
    }
}
