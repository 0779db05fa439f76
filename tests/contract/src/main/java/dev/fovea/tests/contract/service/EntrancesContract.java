package dev.fovea.tests.contract.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.fovea.proto.v1.ImageEvent;
import dev.fovea.proto.v1.ImageInput;
import dev.fovea.proto.v1.ModelRef;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// One image through every way in gives one answer.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class EntrancesContract {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final Set<String> ANSWERED =
            Set.of("plain", "sniffed", "cloud-binary", "cloud-structured", "protobuf", "json");
    private static final String DELETED = "deleted";
    private static final Set<String> REFUSED = Set.of("reference", "garbage");

    private final byte[] jpeg = EventLoad.images(7).getFirst();
    private ServiceRun run;
    private Outcomes outcomes;
    private ServiceAnswer answer;

    protected abstract ServiceUnderTest service();

    /// What gRPC said of the image.
    protected final ServiceAnswer answer() {
        return answer;
    }

    @BeforeAll
    void sendTheImageEveryWay(@TempDir Path folder) throws Exception {
        run = ServiceRun.start(service(), folder, 1);
        answer = service().call(run.channel(), ModelRef.getDefaultInstance(), ByteString.copyFrom(jpeg));
        sendEvents(run.sender());
        outcomes = run.await(awaited(), Duration.ofMinutes(1));
    }

    @AfterAll
    void stop() {
        run.close();
    }

    @Test
    void everyEventFormGivesTheAnswerOfGrpc() throws Exception {
        assertThat(answer.numbers().remaining()).isPositive();
        for (String key : ANSWERED) {
            assertThat(outcomes.isResult(key)).as(key).isTrue();
            ServiceResult result = service().result(outcomes.record(key).value());
            assertThat(result.imageId()).isEqualTo(key);
            assertThat(result.answer().says(answer))
                    .as("%s: %s says what gRPC said: %s", key, result.answer(), answer)
                    .isTrue();
        }
    }

    @Test
    void resultsAreCloudEventsThatContinueTheTrace() {
        assertThat(outcomes.header("plain", "ce_specversion")).isEqualTo("1.0");
        assertThat(outcomes.header("plain", "ce_type")).isEqualTo(service().resultType());
        assertThat(outcomes.header("plain", "ce_subject")).isEqualTo("plain");
        assertThat(outcomes.header("plain", "content-type")).isEqualTo("application/protobuf");
        assertThat(outcomes.header("plain", "traceparent")).startsWith("00-" + TRACE + "-");
    }

    @Test
    void anEventThatDeletesIsAnsweredByServicesThatKeepImagesOnly() {
        assertThat(outcomes.byKey()).containsOnlyKeys(awaited());
        if (service().answersDeletes()) {
            assertThat(outcomes.isResult(DELETED)).isTrue();
        }
    }

    @Test
    void refusedEventsAreDeadLettersWithCodeAndOriginal() {
        assertThat(outcomes.header("reference", "dead-letter-code")).isEqualTo("REFERENCE_NOT_ALLOWED");
        assertThat(outcomes.header("garbage", "dead-letter-code")).isEqualTo("EVENT_MALFORMED");
        assertThat(outcomes.header("garbage", "dead-letter-topic"))
                .isEqualTo(run.topics().images());
        assertThat(outcomes.header("garbage", "content-type")).isEqualTo("application/json");
        assertThat(outcomes.record("garbage").value()).isEqualTo("{\"image\": 12".getBytes(UTF_8));
    }

    private Set<String> awaited() {
        Set<String> all = new HashSet<>(ANSWERED);
        all.addAll(REFUSED);
        if (service().answersDeletes()) {
            all.add(DELETED);
        }
        return all;
    }

    private void sendEvents(Sender sender) throws ExecutionException, InterruptedException {
        String base64 = Base64.getEncoder().encodeToString(jpeg);
        sender.sendTombstone(DELETED); // the first, so its outcome comes before all others
        sender.send(
                "plain",
                jpeg,
                Map.of("CONTENT-TYPE", "image/jpeg", "traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01"));
        sender.send("sniffed", jpeg, Map.of());
        sender.send(
                "cloud-binary",
                protobuf("cloud-binary"),
                Map.of(
                        "ce_id", "e-1",
                        "ce_source", "/test",
                        "ce_type", "dev.fovea.image.v1",
                        "ce_specversion", "1.0",
                        "ce_subject", "cloud-binary",
                        "content-type", "application/protobuf"));
        sender.send(
                "cloud-structured",
                ("{\"specversion\":\"1.0\",\"id\":\"e-2\",\"source\":\"/test\",\"type\":\"dev.fovea.image.v1\","
                                + "\"subject\":\"cloud-structured\",\"datacontenttype\":\"image/jpeg\",\"data_base64\":\""
                                + base64 + "\"}")
                        .getBytes(UTF_8),
                Map.of("content-type", "application/cloudevents+json; charset=utf-8"));
        sender.send("protobuf", protobuf("protobuf"), Map.of("content-type", "application/protobuf"));
        Map<String, String> json = Map.of("content-type", "application/json");
        sender.send("json", ("{\"id\":\"json\",\"image\":{\"content\":\"" + base64 + "\"}}").getBytes(UTF_8), json);
        sender.send(
                "reference", "{\"image\":{\"uri\":\"http://169.254.169.254/latest/meta-data\"}}".getBytes(UTF_8), json);
        sender.send("garbage", "{\"image\": 12".getBytes(UTF_8), json);
        sender.finish();
    }

    private byte[] protobuf(String id) {
        return ImageEvent.newBuilder()
                .setId(id)
                .setImage(ImageInput.newBuilder().setContent(ByteString.copyFrom(jpeg)))
                .build()
                .toByteArray();
    }
}
