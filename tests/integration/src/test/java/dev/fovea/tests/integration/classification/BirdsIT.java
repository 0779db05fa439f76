package dev.fovea.tests.integration.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.ByteString;
import dev.fovea.proto.v1.ClassificationResult;
import dev.fovea.proto.v1.ClassifyRequest;
import dev.fovea.proto.v1.ClassifyResponse;
import dev.fovea.proto.v1.FineGrainedClassificationGrpc;
import dev.fovea.proto.v1.ImageInput;
import dev.fovea.proto.v1.ScoredLabel;
import dev.fovea.tests.contract.service.Outcomes;
import dev.fovea.tests.contract.service.Sender;
import dev.fovea.tests.contract.service.ServiceRun;
import dev.fovea.tests.support.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Photographs through an adopted bird classifier by both entrances, against the classifier's own file run by ONNX
/// Runtime on the same pixels.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BirdsIT {

    private static final String PHOTOS = "data/photos";
    private static final double TOLERANCE = 1e-5;
    private static final int ALL = 1000;
    private static final int CALLERS = 8;

    private final Map<String, byte[]> photos = new TreeMap<>();
    private final Map<String, Probabilities> truth = new TreeMap<>();
    private List<String> labels = List.of();
    private Optional<ServiceRun> run = Optional.empty();

    @BeforeAll
    void adoptAndAskTheRawFile(@TempDir Path folder) throws Exception {
        Optional<Path> folderOfPhotos = Checkout.shared(PHOTOS);
        if (folderOfPhotos.isEmpty() || BirdClassifier.file().isEmpty()) {
            return;
        }
        labels = BirdClassifier.labels();
        Path models = ServiceRun.models(folder);
        BirdClassifier.adopt(models);
        readPhotos(folderOfPhotos.get());
        try (BirdClassifier raw = BirdClassifier.open(models)) {
            for (var photo : photos.entrySet()) {
                truth.put(photo.getKey(), raw.classify(photo.getValue()));
            }
        }
        run = Optional.of(ServiceRun.start(
                new ClassificationUnderTest(),
                folder,
                2,
                Map.of("fovea.models.default", "birds", "fovea.classification.events.top-k", String.valueOf(ALL))));
    }

    @BeforeEach
    void sharedDataIsThere() {
        assumeTrue(Checkout.shared(PHOTOS).isPresent(), Checkout.absent(PHOTOS));
        assumeTrue(BirdClassifier.file().isPresent(), BirdClassifier.absent());
    }

    @AfterAll
    void stop() {
        run.ifPresent(ServiceRun::close);
    }

    @Test
    void eventsAreAnsweredAsTheRawFileAnswers() throws Exception {
        Sender sender = run().sender();
        photos.forEach((name, file) -> sender.send(name, file, Map.of("content-type", "image/jpeg")));
        sender.finish();

        Outcomes outcomes = run().await(photos.keySet(), Duration.ofMinutes(5));

        for (String name : photos.keySet()) {
            assertThat(outcomes.isResult(name)).as(name).isTrue();
            var result = ClassificationResult.parseFrom(outcomes.record(name).value());
            assertThat(result.getModel().getName()).isEqualTo("birds");
            assertTruth(name, result.getLabelsList());
        }
    }

    @Test
    void callsAreAnsweredAsTheRawFileAnswers() throws Exception {
        Map<String, Future<ClassifyResponse>> answers = new TreeMap<>();
        try (ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
            photos.forEach((name, file) -> answers.put(name, callers.submit(() -> classify(file))));
        }
        for (var answer : answers.entrySet()) {
            assertTruth(answer.getKey(), answer.getValue().get().getLabelsList());
        }
    }

    @ParameterizedTest
    @CsvSource({"owl.jpg, Owl", "parrot.jpg, Macaw", "n01820546_lorikeet.JPEG, Lorikeet"})
    void owlsAndParrotsComeOutAsOwlsAndParrots(String photo, String kind) {
        ClassifyResponse response =
                classify(Optional.ofNullable(photos.get(photo)).orElseThrow());

        assertThat(response.getLabels(0).getLabel()).contains(kind);
    }

    private void assertTruth(String name, List<ScoredLabel> answer) {
        Probabilities expected = Optional.ofNullable(truth.get(name)).orElseThrow();
        assertThat(answer.getFirst().getLabel()).as(name).isEqualTo(labels.get(expected.best()));
        assertThat(answer).as(name).allSatisfy(label -> assertThat(label.getLabel())
                .isEqualTo(labels.get(label.getIndex())));
        assertThat(Probabilities.of(answer).distance(expected)).as(name).isLessThanOrEqualTo(TOLERANCE);
    }

    private ClassifyResponse classify(byte[] photo) {
        return FineGrainedClassificationGrpc.newBlockingStub(run().channel())
                .classify(ClassifyRequest.newBuilder()
                        .setImage(ImageInput.newBuilder().setContent(ByteString.copyFrom(photo)))
                        .setTopK(ALL)
                        .build());
    }

    private void readPhotos(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(each -> !each.toString().endsWith(".txt")).toList()) {
                photos.put(String.valueOf(file.getFileName()), Files.readAllBytes(file));
            }
        }
        assertThat(photos).hasSizeGreaterThan(100);
    }

    private ServiceRun run() {
        return run.orElseThrow();
    }
}
