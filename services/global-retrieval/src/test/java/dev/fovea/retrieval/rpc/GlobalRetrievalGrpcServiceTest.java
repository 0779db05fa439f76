package dev.fovea.retrieval.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import dev.fovea.inference.lifecycle.ComputedModel;
import dev.fovea.proto.v1.Acknowledgement;
import dev.fovea.proto.v1.BackupRequest;
import dev.fovea.proto.v1.CollectionInfoRequest;
import dev.fovea.proto.v1.DeleteRequest;
import dev.fovea.proto.v1.ElementType;
import dev.fovea.proto.v1.EmbedRequest;
import dev.fovea.proto.v1.FieldEquals;
import dev.fovea.proto.v1.FieldRange;
import dev.fovea.proto.v1.Filter;
import dev.fovea.proto.v1.GetRequest;
import dev.fovea.proto.v1.ImageInput;
import dev.fovea.proto.v1.Keypoint;
import dev.fovea.proto.v1.LocalFeatures;
import dev.fovea.proto.v1.MetadataValue;
import dev.fovea.proto.v1.ModelIdentity;
import dev.fovea.proto.v1.ModelRef;
import dev.fovea.proto.v1.Parts;
import dev.fovea.proto.v1.QueryExpansion;
import dev.fovea.proto.v1.Rerank;
import dev.fovea.proto.v1.RerankMode;
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
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

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

    static Stream<Arguments> refusals() {
        return Stream.of(
                refusal(
                        "unknown collection",
                        "COLLECTION_UNKNOWN",
                        s -> search(s, query(vector(1, 0, 0)).setCollection("x"))),
                refusal("no query", "QUERY_MISSING", s -> search(s, SearchRequest.newBuilder())),
                refusal(
                        "not stored",
                        "IMAGE_NOT_STORED",
                        s -> search(s, SearchRequest.newBuilder().setStoredId("x"))),
                refusal(
                        "k",
                        "K_TOO_LARGE",
                        s -> search(s, query(vector(1, 0, 0)).setK(301))),
                refusal(
                        "k with thumbnails",
                        "K_TOO_LARGE",
                        s -> search(
                                s,
                                query(vector(1, 0, 0))
                                        .setK(257)
                                        .setParts(Parts.newBuilder().setThumbnail(true)))),
                refusal(
                        "candidates",
                        "CANDIDATES_INVALID",
                        s -> search(s, query(vector(1, 0, 0)).setCandidates(501))),
                refusal(
                        "fewer candidates than k",
                        "CANDIDATES_INVALID",
                        s -> search(s, query(vector(1, 0, 0)).setK(9).setCandidates(8))),
                refusal(
                        "score",
                        "MIN_SCORE_INVALID",
                        s -> search(s, query(vector(1, 0, 0)).setMinScore(1.5f))),
                refusal("dimension", "EMBEDDING_DIMENSION", s -> search(s, query(vector(1, 0)))),
                refusal("zero", "EMBEDDING_INVALID", s -> search(s, query(vector(0, 0, 0)))),
                refusal(
                        "expansion",
                        "EXPANSION_INVALID",
                        s -> search(
                                s,
                                query(vector(1, 0, 0))
                                        .setExpansion(
                                                QueryExpansion.newBuilder().setNeighbours(101)))),
                refusal(
                        "re-ranking",
                        "RERANK_UNSUPPORTED",
                        s -> search(s, query(RED).setRerank(Rerank.newBuilder().setMode(RerankMode.RERANK_MODE_ON)))),
                refusal(
                        "filter without condition",
                        "FILTER_INVALID",
                        s -> search(s, query(vector(1, 0, 0)).setFilter(Filter.getDefaultInstance()))),
                refusal(
                        "deep filter",
                        "FILTER_INVALID",
                        s -> search(s, query(vector(1, 0, 0)).setFilter(nested(17)))),
                refusal("undeclared field", "FIELD_UNDECLARED", s -> s.client()
                        .upsert(write("a", vector(1, 0, 0))
                                .putMetadata("x", text("y"))
                                .build())),
                refusal("field of another type", "FIELD_TYPE", s -> s.client()
                        .upsert(write("a", vector(1, 0, 0))
                                .putMetadata("height", text("y"))
                                .build())),
                refusal("no id", "ID_INVALID", s -> s.client()
                        .upsert(write("", vector(1, 0, 0)).build())),
                refusal("long id", "ID_INVALID", s -> s.client()
                        .delete(delete("x".repeat(513)).build())),
                refusal("version", "VERSION_INVALID", s -> s.client()
                        .delete(delete("a").setVersion(-1).build())),
                refusal("no content", "CONTENT_MISSING", s -> s.client()
                        .upsert(UpsertRequest.newBuilder().setId("a").build())),
                refusal("ids", "IDS_TOO_MANY", s -> s.client()
                        .get(GetRequest.newBuilder()
                                .addAllIds(java.util.Collections.nCopies(257, "a"))
                                .build())),
                refusal("page", "PAGE_TOO_LARGE", s -> s.client()
                        .scan(ScanRequest.newBuilder().setPageSize(1_001).build())),
                refusal("black image", "IMAGE_WITHOUT_FEATURES", s -> search(s, query(FakeEmbedder.png(0, 0, 0)))),
                refusal("unknown model", "MODEL_NOT_FOUND", s -> s.client()
                        .embed(EmbedRequest.newBuilder()
                                .setModel(ModelRef.newBuilder().setName("x"))
                                .setImage(image(RED))
                                .build())),
                refusal("negative size of a stored image", "IMAGE_SIZE_INVALID", s -> s.client()
                        .upsert(stored(StoredImage.newBuilder().setImageWidth(-1))
                                .build())),
                refusal("thumbnail", "THUMBNAIL_INVALID", s -> s.client()
                        .upsert(stored(StoredImage.newBuilder().setThumbnail(ByteString.copyFromUtf8("no JPEG")))
                                .build())),
                refusal("version of local features", "LOCAL_FEATURES_INVALID", s -> s.client()
                        .upsert(stored(StoredImage.newBuilder()
                                        .setImageWidth(8)
                                        .setImageHeight(8)
                                        .setLocalFeatures(LocalFeatures.newBuilder()
                                                .setModel(ModelIdentity.newBuilder()
                                                        .setVersion(1L << 31))))
                                .build())),
                refusal("endless name of a model of local features", "LOCAL_FEATURES_INVALID", s -> s.client()
                        .upsert(stored(StoredImage.newBuilder()
                                        .setLocalFeatures(describedBy(
                                                ModelIdentity.newBuilder().setName("x".repeat(70_000)))))
                                .build())),
                refusal("keypoints of local features", "LOCAL_FEATURES_INVALID", s -> s.client()
                        .upsert(stored(manyKeypoints(4_097)).build())),
                refusal("descriptors of another number than said", "LOCAL_FEATURES_INVALID", s -> {
                    StoredImage.Builder image = manyKeypoints(3);
                    image.getLocalFeaturesBuilder().getDescriptorsBuilder().setCount(2);
                    s.client().upsert(stored(image).build());
                }),
                refusal("backup", "BACKUP_UNSUPPORTED", s -> s.client()
                        .backup(BackupRequest.newBuilder().setName("b").build())));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refusesWithACodeThatIsStable(String code, Consumer<InProcessService> call) {
        assertThatThrownBy(() -> call.accept(service)).isInstanceOfSatisfying(StatusRuntimeException.class, refused -> {
            boolean absent = List.of("COLLECTION_UNKNOWN", "IMAGE_NOT_STORED", "MODEL_NOT_FOUND")
                    .contains(code);
            assertThat(refused.getStatus().getCode())
                    .isEqualTo(absent ? Status.Code.NOT_FOUND : Status.Code.INVALID_ARGUMENT);
            assertThat(code(refused)).isEqualTo(code);
        });
    }

    private static String code(StatusRuntimeException refused) {
        try {
            return StatusProto.fromThrowable(refused)
                    .getDetails(0)
                    .unpack(ErrorInfo.class)
                    .getReason();
        } catch (InvalidProtocolBufferException other) {
            throw new AssertionError("the first detail is no ErrorInfo", other);
        }
    }

    private static Arguments refusal(String name, String code, Consumer<InProcessService> call) {
        return argumentSet(name, code, call);
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
        return search(service, request);
    }

    private static SearchResponse search(InProcessService service, SearchRequest.Builder request) {
        return service.client().search(request.build());
    }

    private static LocalFeatures.Builder describedBy(ModelIdentity.Builder model) {
        return LocalFeatures.newBuilder()
                .setModel(model)
                .setDescriptors(Vectors.newBuilder()
                        .setElementType(ElementType.ELEMENT_TYPE_UINT8)
                        .setDimension(1));
    }

    private static StoredImage.Builder manyKeypoints(int count) {
        var features = describedBy(ModelIdentity.newBuilder().setName("patches"));
        features.getDescriptorsBuilder().setCount(count).setData(ByteString.copyFrom(new byte[count]));
        for (int i = 0; i < count; i++) {
            features.addKeypoints(Keypoint.newBuilder().setX(1).setY(1).setSize(1));
        }
        return StoredImage.newBuilder().setImageWidth(8).setImageHeight(8).setLocalFeatures(features);
    }

    private static UpsertRequest.Builder stored(StoredImage.Builder image) {
        return UpsertRequest.newBuilder().setId("a").setStored(image.setEmbedding(vector(1, 0, 0)));
    }

    private static UpsertRequest.Builder write(String id, Vectors embedding) {
        return UpsertRequest.newBuilder().setId(id).setEmbedding(embedding);
    }

    private static DeleteRequest.Builder delete(String id) {
        return DeleteRequest.newBuilder().setId(id);
    }

    private static SearchRequest.Builder query(Vectors embedding) {
        return SearchRequest.newBuilder().setEmbedding(embedding);
    }

    private static SearchRequest.Builder query(byte[] picture) {
        return SearchRequest.newBuilder().setImage(image(picture));
    }

    private static ImageInput image(byte[] picture) {
        return ImageInput.newBuilder().setContent(ByteString.copyFrom(picture)).build();
    }

    private static MetadataValue text(String text) {
        return MetadataValue.newBuilder().setText(text).build();
    }

    private static MetadataValue number(double number) {
        return MetadataValue.newBuilder().setNumber(number).build();
    }

    private static Filter nested(int levels) {
        Filter filter = Filter.newBuilder()
                .setEquals(FieldEquals.newBuilder().setField("place").setValue(text("Rome")))
                .build();
        for (int i = 1; i < levels; i++) {
            filter = Filter.newBuilder().setNot(filter).build();
        }
        return filter;
    }

    private static List<String> ids(SearchResponse response) {
        return response.getResultsList().stream()
                .map(SearchResult::getImage)
                .map(StoredImage::getId)
                .toList();
    }

    private static Vectors vector(float... values) {
        ByteBuffer data = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            data.putFloat(value);
        }
        return Vectors.newBuilder()
                .setElementType(ElementType.ELEMENT_TYPE_FLOAT32)
                .setDimension(values.length)
                .setCount(1)
                .setData(ByteString.copyFrom(data.flip()))
                .build();
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
