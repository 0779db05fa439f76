package dev.fovea.retrieval.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.imaging.Image;
import dev.fovea.imaging.decode.DecodeLimits;
import dev.fovea.imaging.decode.ImageDecoder;
import dev.fovea.proto.v1.Acknowledgement;
import dev.fovea.proto.v1.FieldEquals;
import dev.fovea.proto.v1.Filter;
import dev.fovea.proto.v1.InfoRequest;
import dev.fovea.proto.v1.InfoResponse;
import dev.fovea.proto.v1.MetadataValue;
import dev.fovea.proto.v1.Parts;
import dev.fovea.proto.v1.Rerank;
import dev.fovea.proto.v1.RerankMode;
import dev.fovea.proto.v1.SearchRequest;
import dev.fovea.proto.v1.SearchResponse;
import dev.fovea.proto.v1.SearchResult;
import dev.fovea.proto.v1.ServiceInfoGrpc;
import dev.fovea.proto.v1.UpsertRequest;
import dev.fovea.retrieval.Scenes;
import dev.fovea.tests.service.BillOfMaterials;
import dev.fovea.tests.service.BuiltRepository;
import dev.fovea.tests.service.GrpcHealth;
import dev.fovea.tests.service.Reflection;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse.ServingStatus;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The built application in its own JVM: six rendered places, stored once, searched from another point.
class GlobalRetrievalServiceIT {
    private static final int PLACES = 6;
    private static final int SHIFT = 7;

    private static Retrieval service;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        BuiltRepository.in(folder, "siftnet");
        service = Retrieval.start(
                folder.resolve("service.log"),
                Retrieval.configuration(
                        folder,
                        Map.of(
                                "fovea.models.load", "siftnet",
                                "fovea.retrieval.collections.images.local-model", "siftnet",
                                "fovea.retrieval.collections.images.fields.place", "text")));
        for (int place = 0; place < PLACES; place++) {
            service.client()
                    .upsert(UpsertRequest.newBuilder()
                            .setId("place-" + place)
                            .setImage(Retrieval.image(place, 0))
                            .putMetadata("place", text(place % 2 == 0 ? "even" : "odd"))
                            .setAcknowledgement(Acknowledgement.ACKNOWLEDGEMENT_VISIBLE)
                            .build());
        }
    }

    @AfterAll
    static void stop() {
        if (service != null) {
            service.close();
        }
    }

    @Test
    void grpcPortAnswersHealthForEveryService() {
        assertThat(GrpcHealth.of(service.channel(), "")).isEqualTo(ServingStatus.SERVING);
        assertThat(GrpcHealth.of(service.channel(), "fovea.v1.GlobalRetrieval")).isEqualTo(ServingStatus.SERVING);
    }

    @Test
    void reflectionListsTheServices() {
        assertThat(Reflection.services(service.channel()))
                .contains("fovea.v1.GlobalRetrieval", "fovea.v1.ServiceInfo", "grpc.health.v1.Health");
    }

    @Test
    void findsThePlaceFromAnotherPointAndShowsWhy() throws InterruptedException {
        // When
        SearchResponse answer = search(SearchRequest.newBuilder()
                .setImage(Retrieval.image(4, SHIFT))
                .setK(3)
                .setParts(Parts.newBuilder().setThumbnail(true))
                .setRerank(
                        Rerank.newBuilder().setMode(RerankMode.RERANK_MODE_ON).setPictures(1)));

        // Then
        assertThat(answer.getResultsCount()).isEqualTo(3);
        SearchResult best = answer.getResults(0);
        assertThat(best.getImage().getId()).isEqualTo("place-4");
        assertThat(best.getImage().getImageWidth()).isEqualTo(Scenes.WIDTH);
        assertThat(best.getVerification().getInliers()).isGreaterThan(20);
        assertThat(best.getVerification().getMatches())
                .isGreaterThanOrEqualTo(best.getVerification().getInliers());
        assertThat(answer.getResults(1).getVerification().getInliers())
                .isLessThan(best.getVerification().getInliers());
        assertThat(answer.getRerank().getModel().getName()).isEqualTo("siftnet");
        assertThat(answer.getRerank().getVerified()).isEqualTo(PLACES);
        try (var decoder = new ImageDecoder(DecodeLimits.defaults());
                Image thumbnail = decoder.decode(best.getImage().getThumbnail().asReadOnlyByteBuffer());
                Image picture = decoder.decode(best.getPicture().asReadOnlyByteBuffer())) {
            assertThat(thumbnail.width()).isEqualTo(Scenes.WIDTH);
            assertThat(picture.width()).as("query left, result right").isGreaterThanOrEqualTo(2 * Scenes.WIDTH);
        }
        assertThat(answer.getResults(1).getPicture()).isEmpty();
    }

    @Test
    void filtersByMetadata() {
        SearchResponse answer = search(SearchRequest.newBuilder()
                .setImage(Retrieval.image(4, SHIFT))
                .setK(PLACES)
                .setFilter(Filter.newBuilder()
                        .setEquals(FieldEquals.newBuilder().setField("place").setValue(text("odd")))));

        assertThat(answer.getResultsList())
                .extracting(SearchResult::getImage)
                .extracting(Retrieval::id)
                .containsExactlyInAnyOrder("place-1", "place-3", "place-5");
    }

    @Test
    void refusesTooManyResultsWithInvalidArgument() {
        assertThatThrownBy(() ->
                        search(SearchRequest.newBuilder().setStoredId("place-1").setK(1_001)))
                .isInstanceOfSatisfying(StatusRuntimeException.class, refused -> {
                    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
                    assertThat(refused.getStatus().getDescription())
                            .contains("1001")
                            .contains("1000");
                });
    }

    @Test
    void infoNamesModelsAndLimits() {
        InfoResponse info = ServiceInfoGrpc.newBlockingStub(service.channel()).info(InfoRequest.getDefaultInstance());

        assertThat(info.getService()).isEqualTo("global-retrieval");
        assertThat(info.getLimitsMap())
                .containsEntry("fovea.retrieval.max-k", "1000 images")
                .containsEntry("fovea.retrieval.rerank.max-candidates", "200 images");
        assertThat(info.getModelsList())
                .extracting(model -> model.getIdentity().getName() + " " + model.getState())
                .containsExactlyInAnyOrder(Retrieval.EMBEDDER + " SERVING", "siftnet SERVING");
    }

    @Test
    void metricsTellWritesSearchesAndSize() throws Exception {
        search(SearchRequest.newBuilder()
                .setImage(Retrieval.image(1, SHIFT))
                .setRerank(Rerank.newBuilder().setMode(RerankMode.RERANK_MODE_ON)));

        String metrics = service.process().get("/q/metrics").body();

        assertThat(metrics)
                .contains("fovea_index_entries{collection=\"images\"} 6.0")
                .contains("fovea_index_writes_total{kind=\"upsert\",outcome=\"stored\"} 6.0")
                .contains("fovea_index_search_duration_seconds_count{collection=\"images\"}")
                .contains("fovea_rerank_duration_seconds_count{collection=\"images\"}")
                .contains("fovea_stage_duration_seconds_count{lane=\"interactive\",stage=\"infer\"");
    }

    @Test
    void billOfMaterialsListsEveryDeployedJar() throws Exception {
        BillOfMaterials.assertListsEveryDeployedJar(Retrieval.SERVICE);
    }

    private static SearchResponse search(SearchRequest.Builder request) {
        return service.client().search(request.build());
    }

    private static MetadataValue text(String text) {
        return MetadataValue.newBuilder().setText(text).build();
    }
}
