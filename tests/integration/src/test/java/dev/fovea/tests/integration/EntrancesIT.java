package dev.fovea.tests.integration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.fovea.local.broker.BrokerProcess;
import dev.fovea.proto.v1.DescribeRequest;
import dev.fovea.proto.v1.DescribeResponse;
import dev.fovea.proto.v1.ImageEvent;
import dev.fovea.proto.v1.ImageInput;
import dev.fovea.proto.v1.ImagePatches;
import dev.fovea.proto.v1.PatchDescriptionGrpc;
import dev.fovea.proto.v1.PatchDescriptionResult;
import dev.fovea.proto.v1.SiftDetector;
import dev.fovea.tests.support.ServiceProcess;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// One image through every way in gives one answer.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EntrancesIT {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final Set<String> ANSWERED =
            Set.of("plain", "sniffed", "cloud-binary", "cloud-structured", "protobuf", "json");
    private static final Set<String> REFUSED = Set.of("reference", "garbage");

    private final byte[] jpeg = EventLoad.images(7).getFirst();
    private BrokerProcess broker;
    private ServiceProcess service;
    private ManagedChannel channel;
    private Outcomes outcomes;
    private DescribeResponse answer;

    @BeforeAll
    void sendTheImageEveryWay(@TempDir Path folder) throws Exception {
        Models.buildSiftNet(folder.resolve("models"));
        broker = BrokerProcess.start(folder.resolve("kafka"));
        Topics.create(broker, 1);
        Map<String, String> configuration = new HashMap<>(Topics.configuration(broker));
        configuration.put("fovea.models.repository", folder.resolve("models").toString());
        service = ServiceProcess.start("patch-description", folder.resolve("service.log"), configuration, "-Xmx512m");
        channel = NettyChannelBuilder.forAddress("localhost", service.grpcPort())
                .usePlaintext()
                .build();
        answer = PatchDescriptionGrpc.newBlockingStub(channel)
                .describe(DescribeRequest.newBuilder()
                        .setImage(ImagePatches.newBuilder()
                                .setImage(ImageInput.newBuilder().setContent(ByteString.copyFrom(jpeg)))
                                .setSift(SiftDetector.getDefaultInstance()))
                        .build());
        sendEvents();
        Set<String> all = new HashSet<>(ANSWERED);
        all.addAll(REFUSED);
        outcomes = Outcomes.await(broker.bootstrapServers(), all, Duration.ofMinutes(1));
    }

    @AfterAll
    void stop() {
        channel.shutdownNow();
        service.close();
        broker.close();
    }

    @Test
    void everyEventFormGivesTheAnswerOfGrpc() throws Exception {
        assertThat(answer.getKeypointsCount()).isGreaterThan(5);
        for (String key : ANSWERED) {
            assertThat(outcomes.isResult(key)).as(key).isTrue();
            var result = PatchDescriptionResult.parseFrom(outcomes.record(key).value());
            assertThat(result.getImageId()).isEqualTo(key);
            assertThat(result.getKeypointsList()).as(key).isEqualTo(answer.getKeypointsList());
            assertThat(result.getDescriptors().getCount()).isEqualTo(answer.getKeypointsCount());
            assertThat(result.getModel()).isEqualTo(answer.getModel());
        }
    }

    @Test
    void resultsAreCloudEventsThatContinueTheTrace() {
        assertThat(outcomes.header("plain", "ce_specversion")).isEqualTo("1.0");
        assertThat(outcomes.header("plain", "ce_type")).isEqualTo("dev.fovea.patch-description.v1");
        assertThat(outcomes.header("plain", "ce_subject")).isEqualTo("plain");
        assertThat(outcomes.header("plain", "content-type")).isEqualTo("application/protobuf");
        assertThat(outcomes.header("plain", "traceparent")).startsWith("00-" + TRACE + "-");
    }

    @Test
    void refusedEventsAreDeadLettersWithCodeAndOriginal() {
        assertThat(outcomes.header("reference", "dead-letter-code")).isEqualTo("REFERENCE_NOT_ALLOWED");
        assertThat(outcomes.header("garbage", "dead-letter-code")).isEqualTo("EVENT_MALFORMED");
        assertThat(outcomes.header("garbage", "dead-letter-topic")).isEqualTo(Topics.IMAGES);
        assertThat(outcomes.header("garbage", "content-type")).isEqualTo("application/json");
        assertThat(outcomes.record("garbage").value()).isEqualTo("{\"image\": 12".getBytes(UTF_8));
    }

    private void sendEvents() throws ExecutionException, InterruptedException {
        String base64 = Base64.getEncoder().encodeToString(jpeg);
        Sender sender = new Sender(broker.bootstrapServers());
        sender.send(event(
                "plain",
                jpeg,
                Map.of("CONTENT-TYPE", "image/jpeg", "traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01")));
        sender.send(event("sniffed", jpeg, Map.of()));
        sender.send(event(
                "cloud-binary",
                protobuf("cloud-binary"),
                Map.of(
                        "ce_id", "e-1",
                        "ce_source", "/test",
                        "ce_type", "dev.fovea.image.v1",
                        "ce_specversion", "1.0",
                        "ce_subject", "cloud-binary",
                        "content-type", "application/protobuf")));
        sender.send(event(
                "cloud-structured",
                ("{\"specversion\":\"1.0\",\"id\":\"e-2\",\"source\":\"/test\",\"type\":\"dev.fovea.image.v1\","
                                + "\"subject\":\"cloud-structured\",\"datacontenttype\":\"image/jpeg\",\"data_base64\":\""
                                + base64 + "\"}")
                        .getBytes(UTF_8),
                Map.of("content-type", "application/cloudevents+json; charset=utf-8")));
        sender.send(event("protobuf", protobuf("protobuf"), Map.of("content-type", "application/protobuf")));
        sender.send(event(
                "json",
                ("{\"id\":\"json\",\"image\":{\"content\":\"" + base64 + "\"}}").getBytes(UTF_8),
                Map.of("content-type", "application/json")));
        sender.send(event(
                "reference",
                "{\"image\":{\"uri\":\"http://169.254.169.254/latest/meta-data\"}}".getBytes(UTF_8),
                Map.of("content-type", "application/json")));
        sender.send(event("garbage", "{\"image\": 12".getBytes(UTF_8), Map.of("content-type", "application/json")));
        sender.send(new ProducerRecord<>(Topics.IMAGES, "plain".getBytes(UTF_8), null));
        sender.finish();
    }

    private byte[] protobuf(String id) {
        return ImageEvent.newBuilder()
                .setId(id)
                .setImage(ImageInput.newBuilder().setContent(ByteString.copyFrom(jpeg)))
                .build()
                .toByteArray();
    }

    private static ProducerRecord<byte[], byte[]> event(String key, byte[] value, Map<String, String> headers) {
        var record = new ProducerRecord<>(Topics.IMAGES, key.getBytes(UTF_8), value);
        headers.forEach((name, text) -> record.headers().add(name, text.getBytes(UTF_8)));
        return record;
    }
}
