package dev.fovea.tests.integration.retrieval;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.fovea.proto.v1.Acknowledgement;
import dev.fovea.proto.v1.ImageInput;
import dev.fovea.proto.v1.Parts;
import dev.fovea.proto.v1.Rerank;
import dev.fovea.proto.v1.RerankMode;
import dev.fovea.proto.v1.RetrievalResult;
import dev.fovea.proto.v1.SearchRequest;
import dev.fovea.proto.v1.SearchResponse;
import dev.fovea.proto.v1.SearchResult;
import dev.fovea.proto.v1.UpsertRequest;
import dev.fovea.tests.contract.service.EventLoad;
import dev.fovea.tests.contract.service.Outcomes;
import dev.fovea.tests.contract.service.Sender;
import dev.fovea.tests.contract.service.ServiceRun;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Queries by topic are answered as those by gRPC, each once.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QueriesIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Map<String, String> PROTOBUF = Map.of("content-type", "application/protobuf");
    private static final Map<String, String> JSON = Map.of("content-type", "application/json");
    private static final int MANY = 400;

    private final List<byte[]> images = EventLoad.images(20_261_121L);
    private ServiceRun run;

    @BeforeAll
    void storeImages(@TempDir Path folder) throws Exception {
        run = ServiceRun.start(new RetrievalUnderTest(verifying()), folder, 1);
        var retrieval = new Retrieval(run.channel());
        for (int i = 0; i < images.size(); i++) {
            retrieval
                    .stub()
                    .upsert(UpsertRequest.newBuilder()
                            .setId(id(i))
                            .setImage(input(i))
                            .setAcknowledgement(Acknowledgement.ACKNOWLEDGEMENT_VISIBLE)
                            .build());
        }
    }

    @AfterAll
    void stop() {
        run.close();
    }

    @Test
    void aFileIsSearchedWithAsTheServiceIsConfigured() throws Exception {
        RetrievalResult result = answer("file", images.get(3), Map.of("content-type", "image/jpeg"));

        assertThat(result.getQueryId()).isEqualTo("file");
        assertThat(result.getAnswer().getResultsList()).hasSize(images.size());
        assertThat(best(result).getImage().getId()).isEqualTo(id(3));
        assertThat(withoutTimes(result.getAnswer()))
                .isEqualTo(search(SearchRequest.newBuilder().setImage(input(3))));
    }

    @Test
    void aMessageIsAnsweredAsOverGrpcInEitherForm() throws Exception {
        var request = SearchRequest.newBuilder()
                .setImage(input(2))
                .setK(3)
                .setExact(true)
                .setQueryEmbedding(true)
                .setParts(Parts.newBuilder().setEmbedding(true).setThumbnail(true));
        SearchResponse expected = search(request);
        assertThat(expected.getResultsList()).hasSize(3);
        assertThat(expected.getResults(0).getImage().getThumbnail()).isNotEmpty();

        String json = "{\"image\": {\"content\": \"" + Base64.getEncoder().encodeToString(images.get(2))
                + "\"}, \"k\": 3, \"exact\": true, \"queryEmbedding\": true,"
                + " \"parts\": {\"embedding\": true, \"thumbnail\": true}}";
        RetrievalResult ofMessage = answer("message", request.build().toByteArray(), PROTOBUF);
        RetrievalResult ofJson = answer("json", json.getBytes(UTF_8), JSON);

        assertThat(withoutTimes(ofMessage.getAnswer())).isEqualTo(expected);
        assertThat(withoutTimes(ofJson.getAnswer())).isEqualTo(expected);
    }

    @Test
    void anAnswerBringsThePictureThatWasAskedFor() throws Exception {
        var request = SearchRequest.newBuilder()
                .setId("of its own")
                .setImage(input(5))
                .setK(4)
                .setRerank(
                        Rerank.newBuilder().setMode(RerankMode.RERANK_MODE_ON).setPictures(1));

        RetrievalResult result = answer("picture", request.build().toByteArray(), PROTOBUF);

        assertThat(result.getQueryId()).isEqualTo("of its own");
        assertThat(result.getPicturesLeftOut()).isFalse();
        assertThat(best(result).getImage().getId()).isEqualTo(id(5));
        assertThat(best(result).getVerification().getInliers()).isPositive();
        assertThat(best(result).getPicture().toByteArray()).startsWith(0xFF, 0xD8);
        assertThat(result.getAnswer().getRerank().getVerified()).isPositive();
        SearchResponse expected = search(request);
        assertThat(best(result).getPicture()).isEqualTo(expected.getResults(0).getPicture());
        assertThat(withoutPicture(withoutTimes(result.getAnswer()))).isEqualTo(withoutPicture(expected));
    }

    @Test
    void whatIsNoQueryIsADeadLetter() throws Exception {
        byte[] unknown = SearchRequest.newBuilder()
                .setCollection("attic")
                .setImage(input(0))
                .build()
                .toByteArray();
        byte[] endless = SearchRequest.newBuilder()
                .setImage(input(0))
                .setK(1_000_000)
                .build()
                .toByteArray();
        Sender sender = run.sender(RetrievalUnderTest.QUERIES.images());
        sender.send("garbage", "{\"k\": ".getBytes(UTF_8), JSON);
        sender.send("unknown", unknown, PROTOBUF);
        sender.send("endless", endless, PROTOBUF);
        sender.send("torn", Arrays.copyOf(images.get(0), 40), Map.of("content-type", "image/jpeg"));
        sender.sendTombstone("nothing");
        sender.finish();

        Outcomes outcomes = await(Set.of("garbage", "unknown", "endless", "torn", "nothing"));

        assertThat(code(outcomes, "garbage")).isEqualTo("EVENT_MALFORMED");
        assertThat(code(outcomes, "nothing")).isEqualTo("EVENT_MALFORMED");
        assertThat(code(outcomes, "unknown")).isEqualTo("COLLECTION_UNKNOWN");
        assertThat(code(outcomes, "endless")).isEqualTo("K_TOO_LARGE");
        assertThat(code(outcomes, "torn")).startsWith("IMAGE_");
        assertThat(outcomes.record("unknown").value()).isEqualTo(unknown);
        assertThat(outcomes.header("unknown", "dead-letter-topic")).isEqualTo(RetrievalUnderTest.QUERIES.images());
    }

    @Test
    void eachIsAnsweredOnceThroughAKill() throws Exception {
        Set<String> keys = new HashSet<>();
        try (var results = new CommittedRecords(run.bootstrapServers(), RetrievalUnderTest.QUERIES.results())) {
            results.awaitQuiet();
            int before = results.records().size();
            Sender sender = run.sender(RetrievalUnderTest.QUERIES.images());
            for (int i = 0; i < MANY; i++) {
                keys.add("query-" + i);
                sender.send("query-" + i, images.get(i % images.size()), Map.of("content-type", "image/jpeg"));
            }
            sender.finish();
            results.await(before + MANY / 4, LIMIT);
            run.process().kill();
            run.process().relaunch();
            results.await(before + MANY, LIMIT);
            results.awaitQuiet();

            List<ConsumerRecord<byte[], byte[]>> since =
                    results.records().subList(before, results.records().size());
            assertThat(since)
                    .extracting(record -> new String(record.key(), UTF_8))
                    .containsExactlyInAnyOrderElementsOf(keys);
            for (ConsumerRecord<byte[], byte[]> record : since) {
                RetrievalResult result = RetrievalResult.parseFrom(record.value());
                int number = Integer.parseInt(result.getQueryId().substring("query-".length()));
                assertThat(best(result).getImage().getId()).isEqualTo(id(number % images.size()));
            }
        }
    }

    private static SearchResult best(RetrievalResult result) {
        return result.getAnswer().getResults(0);
    }

    private RetrievalResult answer(String key, byte[] value, Map<String, String> headers) throws Exception {
        Sender sender = run.sender(RetrievalUnderTest.QUERIES.images());
        sender.send(key, value, headers);
        sender.finish();
        Outcomes outcomes = await(Set.of(key));
        assertThat(outcomes.isResult(key))
                .as(() -> key + ": " + code(outcomes, key))
                .isTrue();
        assertThat(outcomes.header(key, "ce_type")).isEqualTo("dev.fovea.retrieval.v1");
        return RetrievalResult.parseFrom(outcomes.record(key).value());
    }

    private Outcomes await(Set<String> keys) {
        return run.await(RetrievalUnderTest.QUERIES, keys, LIMIT);
    }

    private static String code(Outcomes outcomes, String key) {
        return outcomes.header(key, "dead-letter-code");
    }

    private SearchResponse search(SearchRequest.Builder request) {
        return withoutTimes(new Retrieval(run.channel()).stub().search(request.build()));
    }

    private static SearchResponse withoutTimes(SearchResponse answer) {
        var timeless = answer.toBuilder().clearTimings().clearSearchMicros();
        if (timeless.hasRerank()) {
            timeless.getRerankBuilder().clearMicros();
        }
        return timeless.build();
    }

    /// A difference of the rest can be read.
    private static SearchResponse withoutPicture(SearchResponse answer) {
        var rest = answer.toBuilder();
        rest.getResultsBuilder(0).clearPicture();
        return rest.build();
    }

    private ImageInput input(int image) {
        return ImageInput.newBuilder()
                .setContent(ByteString.copyFrom(images.get(image)))
                .build();
    }

    private static String id(int image) {
        return "texture " + image;
    }

    private static Map<String, String> verifying() {
        Map<String, String> settings = new HashMap<>(RetrievalUnderTest.SAME_BITS);
        settings.put("fovea.models.load", RetrievalUnderTest.LOCAL_MODEL);
        settings.put("fovea.retrieval.collections.images.local-model", RetrievalUnderTest.LOCAL_MODEL);
        settings.put("fovea.retrieval.rerank.time-limit", "1m");
        return settings;
    }
}
