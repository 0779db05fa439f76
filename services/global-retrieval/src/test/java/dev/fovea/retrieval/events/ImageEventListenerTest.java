package dev.fovea.retrieval.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import dev.fovea.inference.Deadline;
import dev.fovea.inference.ImageSource;
import dev.fovea.inference.Lane;
import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.inference.failure.ModelFailed;
import dev.fovea.inference.lifecycle.ComputedModel;
import dev.fovea.inference.lifecycle.ModelIdentity;
import dev.fovea.kafka.AnsweringModel;
import dev.fovea.kafka.EventAnswer;
import dev.fovea.kafka.EventEnvelope;
import dev.fovea.kafka.EventPosition;
import dev.fovea.kafka.ImageEvent;
import dev.fovea.proto.v1.Acknowledgement;
import dev.fovea.proto.v1.EmbeddingResult;
import dev.fovea.proto.v1.GetRequest;
import dev.fovea.proto.v1.ImageInput;
import dev.fovea.proto.v1.MetadataValue;
import dev.fovea.proto.v1.Parts;
import dev.fovea.proto.v1.StoredImage;
import dev.fovea.proto.v1.UpsertRequest;
import dev.fovea.proto.v1.WriteOutcome;
import dev.fovea.retrieval.FakeEmbedder;
import dev.fovea.retrieval.rpc.InProcessService;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Around the embedded engine in a folder.
class ImageEventListenerTest {
    private static final Deadline LATER = new Deadline(Long.MAX_VALUE / 2);
    private static final long MILLIS = 1_785_499_200_000L;
    private static final byte[] RED = FakeEmbedder.png(255, 0, 0);

    private final ComputedModel model = FakeEmbedder.named("colours");
    private final Path folder;
    private final InProcessService service;
    private final ImageEventListener listener;

    ImageEventListenerTest(@TempDir Path root) {
        folder = root.resolve("index");
        service = new InProcessService(folder, model);
        listener = listener(service);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void storesAnEventsImageAndPublishesItsEmbedding() throws InterruptedException {
        EventAnswer answer = listener.onEvent(event("photo", 7, MILLIS, RED), LATER);

        assertThat(answer.type()).isEqualTo("dev.fovea.embedding.v1");
        assertThat(answer.model()).isEqualTo(new AnsweringModel("colours", 1, model.digest()));
        assertThat(answer.shorter()).isEmpty();
        assertThat(answer.payload()).isInstanceOfSatisfying(EmbeddingResult.class, result -> {
            assertThat(result.getImageId()).isEqualTo("photo");
            assertThat(result.getCollection()).isEqualTo("images");
            assertThat(result.getOutcome()).isEqualTo(WriteOutcome.WRITE_OUTCOME_STORED);
            assertThat(result.getVersion()).isEqualTo((MILLIS << 20) + 7);
            assertThat(result.getModel().getDigest()).isEqualTo(model.digest());
            assertThat(result.getImageWidth()).isEqualTo(16);
            assertThat(result.getEmbedding().getDimension()).isEqualTo(3);
            assertThat(result.getDeleted()).isFalse();
        });
        assertThat(model.lanes()).containsExactly(Lane.BULK);
        assertThat(stored("photo")).hasSize(1);
    }

    @Test
    void theSameEventAgainChangesNothingAndAnOlderOneIsStale() throws InterruptedException {
        listener.onEvent(event("photo", 7, MILLIS, RED), LATER);

        EmbeddingResult again = result(listener.onEvent(event("photo", 7, MILLIS, RED), LATER));
        EmbeddingResult older = result(listener.onEvent(event("photo", 6, MILLIS, RED), LATER));

        assertThat(again.getOutcome()).isEqualTo(WriteOutcome.WRITE_OUTCOME_UNCHANGED);
        assertThat(older.getOutcome()).isEqualTo(WriteOutcome.WRITE_OUTCOME_STALE);
        assertThat(older.getVersion()).isEqualTo((MILLIS << 20) + 7);
    }

    @Test
    void theLaterOfACallAndAnEventWins() throws InterruptedException {
        service.client()
                .upsert(UpsertRequest.newBuilder()
                        .setId("photo")
                        .setImage(ImageInput.newBuilder().setContent(ByteString.copyFrom(RED)))
                        .setAcknowledgement(Acknowledgement.ACKNOWLEDGEMENT_VISIBLE)
                        .build());

        EmbeddingResult old = result(listener.onEvent(event("photo", 0, MILLIS - 86_400_000L, RED), LATER));
        EmbeddingResult late =
                result(listener.onEvent(event("photo", 0, System.currentTimeMillis() + 60_000, RED), LATER));

        assertThat(old.getOutcome()).isEqualTo(WriteOutcome.WRITE_OUTCOME_STALE);
        assertThat(late.getOutcome()).isEqualTo(WriteOutcome.WRITE_OUTCOME_STORED);
    }

    @Test
    void declaredAttributesBecomeMetadataOfTheirTypes() throws InterruptedException {
        listener.onEvent(
                event(
                        "photo",
                        1,
                        Map.of("place", "Rome", "height", " 21.5 ", "taken", "2026-07-31T12:00:00Z", "camera", "left")),
                LATER);

        assertThat(stored("photo").getFirst().getMetadataMap())
                .containsOnly(
                        Map.entry(
                                "place",
                                MetadataValue.newBuilder().setText("Rome").build()),
                        Map.entry(
                                "height",
                                MetadataValue.newBuilder().setNumber(21.5).build()),
                        Map.entry(
                                "taken",
                                MetadataValue.newBuilder()
                                        .setTime(Timestamp.newBuilder().setSeconds(MILLIS / 1000))
                                        .build()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"height=tall", "height=", "taken=yesterday", "taken=2026-07-31", "height=NaN"})
    void anAttributeThatIsNotOfItsTypeIsADeadLetter(String attribute) {
        String[] parts = attribute.split("=", 2);

        assertThatThrownBy(() -> listener.onEvent(event("photo", 1, Map.of(parts[0], parts[1])), LATER))
                .isInstanceOfSatisfying(InvalidInput.class, refused -> assertThat(refused.code())
                        .startsWith("FIELD_"));
        assertThat(stored("photo")).isEmpty();
        assertThat(model.lanes()).as("found before anything is computed").isEmpty();
    }

    @Test
    void aDeleteRemovesTheImageAndIsPublished() throws InterruptedException {
        listener.onEvent(event("photo", 1, MILLIS, RED), LATER);

        EventAnswer answer =
                listener.onDelete(envelope("photo", 2, MILLIS, Map.of()), LATER).orElseThrow();

        assertThat(answer.type()).isEqualTo("dev.fovea.embedding.v1");
        EmbeddingResult result = result(answer);
        assertThat(result.getDeleted()).isTrue();
        assertThat(result.getImageId()).isEqualTo("photo");
        assertThat(result.getVersion()).isEqualTo((MILLIS << 20) + 2);
        assertThat(result.getOutcome()).isEqualTo(WriteOutcome.WRITE_OUTCOME_STORED);
        assertThat(result.hasEmbedding()).isFalse();
        assertThat(stored("photo")).isEmpty();
    }

    /// Attempts run in parallel and are repeated: the order in which they reach the index is chance.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void anyOrderOfTheEventsGivesTheSameIndex(long seed, @TempDir Path other) throws InterruptedException {
        // Given
        List<Step> steps = steps(new Random(seed));
        List<Step> shuffled = new ArrayList<>(steps);
        shuffled.addAll(steps.subList(0, steps.size() / 2)); // replayed
        Collections.shuffle(shuffled, new Random(seed));

        // When
        apply(steps, listener);
        List<StoredImage> again;
        try (var rebuilt = new InProcessService(other, model)) {
            apply(shuffled, listener(rebuilt));
            again = all(rebuilt);
        }

        // Then
        assertThat(again).isEqualTo(all(service)).isNotEmpty();
    }

    @Test
    void whatWasMadeDurableIsInTheFilesThatAKilledProcessLeaves(@TempDir Path copies) throws Exception {
        listener.onEvent(event("photo", 1, MILLIS, RED), LATER);
        copy(folder, copies.resolve("before"));

        listener.makeDurable(LATER);
        copy(folder, copies.resolve("after"));

        try (var before = new InProcessService(copies.resolve("before"), model);
                var after = new InProcessService(copies.resolve("after"), model)) {
            assertThat(all(before)).isEmpty();
            assertThat(all(after)).extracting(StoredImage::getId).containsExactly("photo");
        }
    }

    @Test
    void aFailureOfTheModelReachesTheConsumer() {
        model.failWith(new ModelFailed("failed alone", new RuntimeException()));

        assertThatThrownBy(() -> listener.onEvent(event("photo", 1, MILLIS, RED), LATER))
                .isInstanceOf(ModelFailed.class);
        assertThat(stored("photo")).isEmpty();
    }

    @Test
    void deadLettersNameTheModelThatAnswersNow() {
        assertThat(listener.model()).contains(new AnsweringModel("colours", 1, model.digest()));
        assertThat(new ImageEventListener(
                                service.retriever(), service.collections().settings(""), Optional::<ModelIdentity>empty)
                        .model())
                .isEmpty();
    }

    private record Step(EventEnvelope envelope, Optional<byte[]> image) {}

    private static List<Step> steps(Random random) {
        List<Step> steps = new ArrayList<>();
        for (int offset = 0; offset < 30; offset++) {
            var envelope = envelope("photo-" + random.nextInt(6), offset, MILLIS + offset / 4, Map.of());
            steps.add(new Step(
                    envelope,
                    random.nextInt(4) == 0
                            ? Optional.empty()
                            : Optional.of(FakeEmbedder.png(1 + random.nextInt(255), random.nextInt(256), offset))));
        }
        return steps;
    }

    private static void apply(List<Step> steps, ImageEventListener target) throws InterruptedException {
        for (Step step : steps) {
            if (step.image().isPresent()) {
                target.onEvent(
                        new ImageEvent(step.envelope(), source(step.image().get())), LATER);
            } else {
                target.onDelete(step.envelope(), LATER);
            }
        }
    }

    private static List<StoredImage> all(InProcessService asked) {
        return asked.client()
                .get(GetRequest.newBuilder()
                        .addAllIds(List.of("photo", "photo-0", "photo-1", "photo-2", "photo-3", "photo-4", "photo-5"))
                        .setParts(Parts.newBuilder().setEmbedding(true).setThumbnail(true))
                        .build())
                .getImagesList();
    }

    private List<StoredImage> stored(String id) {
        return service.client().get(GetRequest.newBuilder().addIds(id).build()).getImagesList();
    }

    private static ImageEventListener listener(InProcessService service) {
        return new ImageEventListener(
                service.retriever(), service.collections().settings(""), () -> service.collections()
                        .model(""));
    }

    private static EmbeddingResult result(EventAnswer answer) {
        return (EmbeddingResult) answer.payload();
    }

    private static ImageEvent event(String id, long offset, long millis, byte[] image) {
        return new ImageEvent(envelope(id, offset, millis, Map.of()), source(image));
    }

    private static ImageEvent event(String id, long offset, Map<String, String> attributes) {
        return new ImageEvent(envelope(id, offset, MILLIS, attributes), source(RED));
    }

    private static EventEnvelope envelope(String id, long offset, long millis, Map<String, String> attributes) {
        return new EventEnvelope(
                id, new EventPosition("fovea.images", 3, offset, millis), attributes, Optional.empty());
    }

    private static ImageSource source(byte[] image) {
        return new ImageSource.Content(ByteBuffer.wrap(image));
    }

    /// Temporary files that the index' own threads delete meanwhile are left out.
    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Path target = to.resolve(from.relativize(file));
                Files.createDirectories(target.getParent());
                try {
                    Files.copy(file, target);
                    return FileVisitResult.CONTINUE;
                } catch (NoSuchFileException gone) {
                    return visitFileFailed(file, gone);
                }
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failed) throws IOException {
                return failed instanceof NoSuchFileException && file.toString().endsWith(".tmp")
                        ? FileVisitResult.CONTINUE
                        : super.visitFileFailed(file, failed);
            }
        });
    }
}
