package dev.fovea.retrieval.rpc;

import static dev.fovea.retrieval.rpc.Requests.code;
import static dev.fovea.retrieval.rpc.Requests.delete;
import static dev.fovea.retrieval.rpc.Requests.image;
import static dev.fovea.retrieval.rpc.Requests.query;
import static dev.fovea.retrieval.rpc.Requests.stored;
import static dev.fovea.retrieval.rpc.Requests.text;
import static dev.fovea.retrieval.rpc.Requests.vector;
import static dev.fovea.retrieval.rpc.Requests.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.google.protobuf.ByteString;
import dev.fovea.proto.v1.BackupRequest;
import dev.fovea.proto.v1.ElementType;
import dev.fovea.proto.v1.EmbedRequest;
import dev.fovea.proto.v1.FieldEquals;
import dev.fovea.proto.v1.Filter;
import dev.fovea.proto.v1.GetRequest;
import dev.fovea.proto.v1.Keypoint;
import dev.fovea.proto.v1.LocalFeatures;
import dev.fovea.proto.v1.ModelIdentity;
import dev.fovea.proto.v1.ModelRef;
import dev.fovea.proto.v1.Parts;
import dev.fovea.proto.v1.QueryExpansion;
import dev.fovea.proto.v1.Rerank;
import dev.fovea.proto.v1.RerankMode;
import dev.fovea.proto.v1.ScanRequest;
import dev.fovea.proto.v1.SearchRequest;
import dev.fovea.proto.v1.SearchResponse;
import dev.fovea.proto.v1.StoredImage;
import dev.fovea.proto.v1.UpsertRequest;
import dev.fovea.proto.v1.Vectors;
import dev.fovea.retrieval.FakeEmbedder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What is refused, over gRPC in this process.
@Timeout(120)
class RefusalsTest {
    private static final byte[] RED = FakeEmbedder.png(255, 0, 0);

    private final InProcessService service;

    RefusalsTest(@TempDir Path folder) {
        service = new InProcessService(folder, FakeEmbedder.named("colours"));
    }

    @AfterEach
    void stop() {
        service.close();
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

    private static Arguments refusal(String name, String code, Consumer<InProcessService> call) {
        return argumentSet(name, code, call);
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

    private static Filter nested(int levels) {
        Filter filter = Filter.newBuilder()
                .setEquals(FieldEquals.newBuilder().setField("place").setValue(text("Rome")))
                .build();
        for (int i = 1; i < levels; i++) {
            filter = Filter.newBuilder().setNot(filter).build();
        }
        return filter;
    }
}
