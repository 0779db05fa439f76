package dev.fovea.retrieval.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.fovea.inference.Deadline;
import dev.fovea.inference.Lane;
import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.inference.lifecycle.ComputedModel;
import dev.fovea.kafka.AnsweringModel;
import dev.fovea.kafka.EventAnswer;
import dev.fovea.kafka.EventEnvelope;
import dev.fovea.kafka.EventPosition;
import dev.fovea.kafka.QueryEvent;
import dev.fovea.proto.v1.Acknowledgement;
import dev.fovea.proto.v1.ImageInput;
import dev.fovea.proto.v1.Parts;
import dev.fovea.proto.v1.RetrievalResult;
import dev.fovea.proto.v1.SearchRequest;
import dev.fovea.proto.v1.SearchResult;
import dev.fovea.proto.v1.StoredImage;
import dev.fovea.proto.v1.UpsertRequest;
import dev.fovea.retrieval.FakeEmbedder;
import dev.fovea.retrieval.rpc.InProcessService;
import dev.fovea.retrieval.wire.EmbeddingMapping;
import dev.fovea.vectorindex.Embedding;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueryEventListenerTest {
    private static final Deadline LATER = new Deadline(Long.MAX_VALUE / 2);
    private static final ByteString JPEG_SIGNATURE = ByteString.copyFrom(new byte[] {(byte) 0xFF, (byte) 0xD8, -1, 0});
    private static final ImageInput RED = ImageInput.newBuilder()
            .setContent(ByteString.copyFrom(FakeEmbedder.png(255, 0, 0)))
            .build();

    private final ComputedModel model = FakeEmbedder.named("colours");
    private final InProcessService service;
    private final QueryEventListener listener;

    QueryEventListenerTest(@TempDir Path folder) {
        service = new InProcessService(folder, model);
        listener = new QueryEventListener(
                service.retriever(), () -> service.collections().model(""));
    }

    @BeforeEach
    void store() {
        service.client()
                .upsert(UpsertRequest.newBuilder()
                        .setId("red")
                        .setStored(StoredImage.newBuilder()
                                .setEmbedding(EmbeddingMapping.message(Embedding.normalized(new float[] {1, 0, 0})))
                                .setThumbnail(JPEG_SIGNATURE))
                        .setAcknowledgement(Acknowledgement.ACKNOWLEDGEMENT_VISIBLE)
                        .build());
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void searchesInTheBulkLaneAndPublishesTheRanking() throws InterruptedException {
        EventAnswer answer = listener.onEvent(query(SearchRequest.newBuilder().setImage(RED)), LATER);

        assertThat(answer.type()).isEqualTo("dev.fovea.retrieval.v1");
        assertThat(answer.model()).isEqualTo(new AnsweringModel("colours", 1, model.digest()));
        RetrievalResult result = (RetrievalResult) answer.payload();
        assertThat(result.getQueryId()).isEqualTo("query-1");
        assertThat(result.getPicturesLeftOut()).isFalse();
        assertThat(result.getAnswer().getResultsList())
                .extracting(SearchResult::getImage)
                .extracting(StoredImage::getId)
                .containsExactly("red");
        assertThat(answer.shorter())
                .as("without pictures nothing can be left out")
                .isEmpty();
        assertThat(model.lanes()).containsExactly(Lane.BULK);
    }

    @Test
    void anAnswerThatIsTooLargeGoesWithoutItsPictures() throws InterruptedException {
        EventAnswer answer = listener.onEvent(
                query(SearchRequest.newBuilder()
                        .setImage(RED)
                        .setParts(Parts.newBuilder().setThumbnail(true).setEmbedding(true))),
                LATER);

        SearchResult whole = ((RetrievalResult) answer.payload()).getAnswer().getResults(0);
        RetrievalResult shorter = (RetrievalResult) answer.shorter().orElseThrow();
        assertThat(whole.getImage().getThumbnail()).isEqualTo(JPEG_SIGNATURE);
        assertThat(shorter.getPicturesLeftOut()).isTrue();
        assertThat(shorter.getQueryId()).isEqualTo("query-1");
        assertThat(shorter.getAnswer().getResults(0))
                .isEqualTo(whole.toBuilder()
                        .setImage(whole.getImage().toBuilder().clearThumbnail())
                        .build());
    }

    @Test
    void aQueryThatMakesNoSenseFailsForGood() {
        assertThatThrownBy(() -> listener.onEvent(query(SearchRequest.newBuilder()), LATER))
                .isInstanceOfSatisfying(InvalidInput.class, refused -> assertThat(refused.code())
                        .isEqualTo("QUERY_MISSING"));
    }

    @Test
    void deadLettersNameTheModelThatAnswersNow() {
        assertThat(listener.model()).contains(new AnsweringModel("colours", 1, model.digest()));
        assertThat(new QueryEventListener(service.retriever(), Optional::empty).model())
                .isEmpty();
    }

    private static QueryEvent query(SearchRequest.Builder request) {
        var position = new EventPosition("fovea.retrieval-queries", 0, 4, 5);
        return new QueryEvent(new EventEnvelope("query-1", position), request.build());
    }
}
