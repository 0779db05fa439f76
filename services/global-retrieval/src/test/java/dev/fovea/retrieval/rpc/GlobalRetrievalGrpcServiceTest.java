package dev.fovea.retrieval.rpc;

import static dev.fovea.retrieval.rpc.Requests.code;
import static dev.fovea.retrieval.rpc.Requests.delete;
import static dev.fovea.retrieval.rpc.Requests.image;
import static dev.fovea.retrieval.rpc.Requests.number;
import static dev.fovea.retrieval.rpc.Requests.query;
import static dev.fovea.retrieval.rpc.Requests.stored;
import static dev.fovea.retrieval.rpc.Requests.text;
import static dev.fovea.retrieval.rpc.Requests.vector;
import static dev.fovea.retrieval.rpc.Requests.write;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.ByteString;
import dev.fovea.inference.lifecycle.ComputedModel;
import dev.fovea.proto.v1.Acknowledgement;
import dev.fovea.proto.v1.CollectionInfoRequest;
import dev.fovea.proto.v1.ElementType;
import dev.fovea.proto.v1.EmbedRequest;
import dev.fovea.proto.v1.FieldEquals;
import dev.fovea.proto.v1.FieldRange;
import dev.fovea.proto.v1.Filter;
import dev.fovea.proto.v1.GetRequest;
import dev.fovea.proto.v1.Parts;
import dev.fovea.proto.v1.QueryExpansion;
import dev.fovea.proto.v1.ScanRequest;
import dev.fovea.proto.v1.SearchRequest;
import dev.fovea.proto.v1.SearchResponse;
import dev.fovea.proto.v1.SearchResult;
import dev.fovea.proto.v1.SearchStreamResponse;
import dev.fovea.proto.v1.StoredImage;
import dev.fovea.proto.v1.UpsertRequest;
import dev.fovea.proto.v1.UpsertResponse;
import dev.fovea.proto.v1.Vectors;
import dev.fovea.proto.v1.WriteOutcome;
import dev.fovea.retrieval.FakeEmbedder;
import dev.fovea.tests.service.StreamAnswers;
import io.grpc.StatusRuntimeException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Over gRPC in this process, with the embedded engine in a folder.
@Timeout(120)
class GlobalRetrievalGrpcServiceTest {
    private static final byte[] RED = FakeEmbedder.png(255, 0, 0);

    private final ComputedModel model = FakeEmbedder.named("colours");
    private final InProcessService service;

    GlobalRetrievalGrpcServiceTest(@TempDir Path folder) {
        service = new InProcessService(folder, model);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void embedsAnImageAndStoresNothing() {
        var response = service.client()
                .embed(EmbedRequest.newBuilder().setId("a").setImage(image(RED)).build());

        assertThat(response.getId()).isEqualTo("a");
        assertThat(response.getModel().getName()).isEqualTo("colours");
        assertThat(response.getEmbedding().getElementType()).isEqualTo(ElementType.ELEMENT_TYPE_FLOAT32);
        assertThat(floats(response.getEmbedding())).containsExactly(1f, 0f, 0f);
        assertThat(response.getImageWidth()).isEqualTo(16);
        assertThat(response.getImageHeight()).isEqualTo(12);
        assertThat(response.getTimings().getBatchSize()).isOne();
        assertThat(info().getImages()).isZero();
    }

    @Test
    void findsTheImageThatWasStored() {
        UpsertResponse stored = upsert("red", RED);
        upsert("green", FakeEmbedder.png(0, 255, 0));

        SearchResponse found = search(query(FakeEmbedder.png(255, 40, 0)).setId("q"));

        assertThat(stored.getOutcome()).isEqualTo(WriteOutcome.WRITE_OUTCOME_STORED);
        assertThat(stored.getVersion()).isPositive();
        assertThat(stored.getImageWidth()).isEqualTo(16);
        assertThat(found.getId()).isEqualTo("q");
        assertThat(found.getCollection()).isEqualTo("images");
        assertThat(found.getModel().getDigest()).isEqualTo(model.digest());
        assertThat(ids(found)).containsExactly("red", "green");
        assertThat(found.getResults(0).getScore()).isCloseTo(0.988f, within(0.001f));
        assertThat(found.getResults(0).hasVerification()).isFalse();
        assertThat(found.hasRerank()).isFalse();
        assertThat(found.getImageWidth()).isEqualTo(16);
    }

    @Test
    void returnsAsManyAsAskedForOrTheServicesDefault() {
        for (int i = 0; i < 5; i++) {
            upsert("image-" + i, vector(1, i, 0));
        }

        assertThat(search(query(vector(1, 0, 0))).getResultsCount()).isEqualTo(InProcessService.LIMITS.k());
        assertThat(search(query(vector(1, 0, 0)).setK(5)).getResultsCount()).isEqualTo(5);
        assertThat(ids(search(query(vector(1, 0, 0)).setK(5).setMinScore(0.7f))))
                .containsExactly("image-0", "image-1");
        assertThat(ids(search(query(vector(1, 0, 0)).setK(2).setExact(true)))).containsExactly("image-0", "image-1");
    }

    @Test
    void aStoredImageFindsTheOthersAndNotItself() {
        upsert("a", vector(1, 0, 0));
        upsert("b", vector(1, 1, 0));
        upsert("c", vector(0, 1, 0));

        assertThat(ids(search(SearchRequest.newBuilder().setStoredId("a").setK(2))))
                .containsExactly("b", "c");
    }

    @Test
    void theHighestVersionWinsInAnyOrder() {
        assertThat(upsert(write("a", vector(1, 0, 0)).setVersion(7)).getOutcome())
                .isEqualTo(WriteOutcome.WRITE_OUTCOME_STORED);

        UpsertResponse older = upsert(write("a", vector(0, 1, 0)).setVersion(6));
        UpsertResponse same = upsert(write("a", vector(1, 0, 0)).setVersion(7));
        var olderDelete = service.client().delete(delete("a").setVersion(5).build());
        var delete = service.client().delete(delete("a").setVersion(8).build());
        UpsertResponse late = upsert(write("a", vector(1, 0, 0)).setVersion(7));

        assertThat(older.getOutcome()).isEqualTo(WriteOutcome.WRITE_OUTCOME_STALE);
        assertThat(older.getVersion()).isEqualTo(7);
        assertThat(same.getOutcome()).isEqualTo(WriteOutcome.WRITE_OUTCOME_UNCHANGED);
        assertThat(olderDelete.getOutcome()).isEqualTo(WriteOutcome.WRITE_OUTCOME_STALE);
        assertThat(delete.getOutcome()).isEqualTo(WriteOutcome.WRITE_OUTCOME_STORED);
        assertThat(late.getOutcome()).isEqualTo(WriteOutcome.WRITE_OUTCOME_STALE);
        assertThat(get("a")).isEmpty();
    }

    @Test
    void aWriteWithoutVersionIsLaterThanEveryOneBefore() {
        UpsertResponse first = upsert("a", vector(1, 0, 0));
        UpsertResponse second = upsert("a", vector(0, 1, 0));

        assertThat(second.getOutcome()).isEqualTo(WriteOutcome.WRITE_OUTCOME_STORED);
        assertThat(second.getVersion()).isGreaterThan(first.getVersion());
    }

    @Test
    void getReturnsThePartsAskedForInTheOrderOfTheIds() {
        upsert(write("a", vector(3, 4, 0)).putMetadata("place", text("Rome")));
        upsert("b", vector(0, 0, 1));

        var bare = get("b", "missing", "a");
        var whole = service.client()
                .get(GetRequest.newBuilder()
                        .addIds("a")
                        .setParts(Parts.newBuilder().setEmbedding(true))
                        .build())
                .getImages(0);

        assertThat(bare).extracting(StoredImage::getId).containsExactly("b", "a");
        assertThat(bare.get(1).hasEmbedding()).isFalse();
        assertThat(bare.get(1).getMetadataMap()).containsEntry("place", text("Rome"));
        assertThat(floats(whole.getEmbedding())).containsExactly(0.6f, 0.8f, 0f);
    }

    @Test
    void anAnswerIsBoundedInBytesNotOnlyInImages() {
        // Given
        byte[] picture = new byte[200 << 10];
        picture[0] = (byte) 0xFF;
        picture[1] = (byte) 0xD8;
        picture[2] = (byte) 0xFF;
        ByteString thumbnail = ByteString.copyFrom(picture);
        List<String> ids = IntStream.range(0, 83).mapToObj(i -> "image-" + i).toList();
        ids.forEach(id -> service.client()
                .upsert(stored(StoredImage.newBuilder().setThumbnail(thumbnail))
                        .setId(id)
                        .build()));
        upsert("last", vector(1, 0, 0));
        Parts thumbnails = Parts.newBuilder().setThumbnail(true).build();

        // When 83 x 200 KiB are wanted, then that is more than 16 MiB
        assertThatThrownBy(() -> service.client()
                        .get(GetRequest.newBuilder()
                                .addAllIds(ids)
                                .setParts(thumbnails)
                                .build()))
                .isInstanceOfSatisfying(StatusRuntimeException.class, refused -> assertThat(code(refused))
                        .isEqualTo("ANSWER_TOO_LARGE"))
                .hasMessageContaining("16777216 bytes");
        assertThatThrownBy(() -> search(query(vector(1, 0, 0)).setK(84).setParts(thumbnails)))
                .isInstanceOfSatisfying(StatusRuntimeException.class, refused -> assertThat(code(refused))
                        .isEqualTo("ANSWER_TOO_LARGE"));
        assertThat(get(ids.toArray(String[]::new))).hasSize(83);
    }

    @Test
    void filtersByWhatTheCollectionDeclares() {
        upsert(write("rome", vector(1, 0, 0)).putMetadata("place", text("Rome")).putMetadata("height", number(21)));
        upsert(write("oslo", vector(1, 0, 0)).putMetadata("place", text("Oslo")).putMetadata("height", number(10)));

        Filter inRome = Filter.newBuilder()
                .setEquals(FieldEquals.newBuilder().setField("place").setValue(text("Rome")))
                .build();
        Filter low = Filter.newBuilder()
                .setRange(FieldRange.newBuilder().setField("height").setTo(number(10)))
                .build();

        assertThat(ids(search(query(vector(1, 0, 0)).setFilter(inRome)))).containsExactly("rome");
        assertThat(ids(search(query(vector(1, 0, 0)).setFilter(low)))).containsExactly("oslo");
        assertThat(ids(search(
                        query(vector(1, 0, 0)).setFilter(Filter.newBuilder().setNot(inRome)))))
                .containsExactly("oslo");
    }

    @Test
    void scansEverythingPageByPage() {
        IntStream.range(0, 40).forEach(i -> upsert("image-%02d".formatted(i), vector(1, i, 0)));

        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            var page = service.client()
                    .scan(ScanRequest.newBuilder()
                            .setCursor(cursor)
                            .setPageSize(17)
                            .setParts(Parts.newBuilder().setEmbedding(true))
                            .build());
            page.getImagesList().forEach(image -> seen.add(image.getId()));
            cursor = page.getNextCursor();
        } while (!cursor.isEmpty());

        assertThat(seen).hasSize(40).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void whatACollectionGaveBackCanBeStoredInAnother() {
        upsert(write("a", vector(3, 4, 0)));
        StoredImage stored = service.client()
                .get(GetRequest.newBuilder()
                        .addIds("a")
                        .setParts(Parts.newBuilder().setEmbedding(true).setThumbnail(true))
                        .build())
                .getImages(0);

        upsert(UpsertRequest.newBuilder().setCollection("other").setId("copy").setStored(stored));

        assertThat(ids(search(query(vector(3, 4, 0)).setCollection("other")))).containsExactly("copy");
    }

    @Test
    void expandsTheQueryByItsNeighbours() {
        upsert("a", vector(1, 0, 0));
        upsert("b", vector(0, 1, 0));

        SearchResponse found = search(query(vector(0.6f, 0.8f, 0))
                .setQueryEmbedding(true)
                .setExpansion(QueryExpansion.newBuilder().setNeighbours(1).setAlpha(1)));

        // (0.6, 0.8) + 0.8 (0, 1) = (0.6, 1.6), whose norm is 1.70880
        assertThat(floats(found.getQueryEmbedding())[0]).isCloseTo(0.3511f, within(1e-4f));
        assertThat(floats(found.getQueryEmbedding())[1]).isCloseTo(0.9363f, within(1e-4f));
    }

    @Test
    void tellsHowACollectionIsKept() {
        upsert("a", vector(1, 0, 0));

        assertThat(info().getIsDefault()).isTrue();
        assertThat(info().getImages()).isOne();
        assertThat(info().getDimension()).isEqualTo(3);
        assertThat(info().getEngine()).isEqualTo("lucene");
        assertThat(info().getStorage()).isEqualTo("float32");
        assertThat(info().getFieldsMap()).hasSize(3);
        assertThat(service.client()
                        .collectionInfo(CollectionInfoRequest.getDefaultInstance())
                        .getCollectionsCount())
                .isEqualTo(2);
    }

    @Test
    void aBrokenItemDoesNotEndAStream() throws Exception {
        upsert("a", vector(1, 0, 0));
        var answers = new StreamAnswers<SearchStreamResponse>();

        var requests = service.streamingClient().searchStream(answers);
        requests.onNext(query(vector(1, 0, 0)).setId("1").build());
        requests.onNext(query("no image".getBytes(UTF_8)).setId("2").build());
        requests.onNext(
                SearchRequest.newBuilder().setId("3").setStoredId("missing").build());
        requests.onNext(query(vector(1, 0, 0)).setId("4").build());
        requests.onCompleted();

        List<SearchStreamResponse> all = answers.await();
        assertThat(all).extracting(SearchStreamResponse::getId).containsExactly("1", "2", "3", "4");
        assertThat(all.get(1).getFailure().getCode()).isEqualTo("IMAGE_FORMAT_UNSUPPORTED");
        assertThat(all.get(2).getFailure().getCode()).isEqualTo("IMAGE_NOT_STORED");
        assertThat(all.get(3).getResponse().getResultsCount()).isOne();
    }

    private dev.fovea.proto.v1.Collection info() {
        return service.client()
                .collectionInfo(CollectionInfoRequest.newBuilder()
                        .setCollection("images")
                        .build())
                .getCollections(0);
    }

    private List<StoredImage> get(String... ids) {
        return service.client()
                .get(GetRequest.newBuilder().addAllIds(List.of(ids)).build())
                .getImagesList();
    }

    private UpsertResponse upsert(String id, byte[] picture) {
        return upsert(UpsertRequest.newBuilder().setId(id).setImage(image(picture)));
    }

    private UpsertResponse upsert(String id, Vectors embedding) {
        return upsert(write(id, embedding));
    }

    private UpsertResponse upsert(UpsertRequest.Builder request) {
        return service.client()
                .upsert(request.setAcknowledgement(Acknowledgement.ACKNOWLEDGEMENT_VISIBLE)
                        .build());
    }

    private SearchResponse search(SearchRequest.Builder request) {
        return service.client().search(request.build());
    }

    private static List<String> ids(SearchResponse response) {
        return response.getResultsList().stream()
                .map(SearchResult::getImage)
                .map(StoredImage::getId)
                .toList();
    }

    private static float[] floats(Vectors vectors) {
        float[] values = new float[vectors.getDimension()];
        vectors.getData()
                .asReadOnlyByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        return values;
    }
}
