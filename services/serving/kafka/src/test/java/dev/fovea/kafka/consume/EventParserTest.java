package dev.fovea.kafka.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.google.protobuf.ByteString;
import dev.fovea.inference.ImageSource;
import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.kafka.EventEnvelope;
import dev.fovea.kafka.EventPosition;
import dev.fovea.kafka.ImageEvent;
import dev.fovea.kafka.form.ImageForm;
import dev.fovea.kafka.publish.NamedUuid;
import dev.fovea.proto.v1.ImageInput;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventParserTest {

    private static final EventParser<ImageEvent> IMAGES = new EventParser<>(new ImageForm());
    private static final EventPosition POSITION = new EventPosition("images", 2, 40, 1000);
    private static final byte[] FILE = "encoded".getBytes(StandardCharsets.UTF_8);
    private static final byte[] JPEG = HexFormat.of().parseHex("ffd8ffe000104a46");
    private static final String BASE64 = Base64.getEncoder().encodeToString(FILE);
    private static final String ATTRIBUTES =
            "\"specversion\":\"1.0\",\"id\":\"event-1\",\"source\":\"/camera/3\",\"type\":\"photo.taken\"";

    static Stream<Arguments> contents() {
        byte[] message = message("", content(FILE)).toByteArray();
        String json = "{\"image\":{\"content\":\"" + BASE64 + "\"}}";
        return Stream.of(
                argumentSet("a file", InputRecord.of(FILE).header("content-type", "image/jpeg")),
                argumentSet(
                        "header names and types in any case",
                        InputRecord.of(FILE).header("Content-Type", "Image/JPEG; q=1")),
                argumentSet(
                        "the last of two headers counts",
                        InputRecord.of(FILE)
                                .header("content-type", "text/plain")
                                .header("content-type", "image/png")),
                argumentSet("protobuf", InputRecord.of(message).header("content-type", "application/protobuf")),
                argumentSet("JSON", InputRecord.of(json).header("content-type", "application/json; charset=utf-8")),
                argumentSet(
                        "CloudEvent, a file", InputRecord.of(FILE).cloudEvent().header("content-type", "image/webp")),
                argumentSet(
                        "CloudEvent, protobuf",
                        InputRecord.of(message).cloudEvent().header("content-type", "application/protobuf")),
                argumentSet(
                        "CloudEvent, JSON",
                        InputRecord.of(json).cloudEvent().header("content-type", "application/json")),
                argumentSet(
                        "structured CloudEvent, base64",
                        structured("\"datacontenttype\":\"image/jpeg\",\"data_base64\":\"" + BASE64 + "\"")),
                argumentSet(
                        "structured CloudEvent, base64 of protobuf",
                        structured("\"datacontenttype\":\"application/protobuf\",\"data_base64\":\""
                                + Base64.getEncoder().encodeToString(message) + "\"")),
                argumentSet("structured CloudEvent, data as JSON", structured("\"data\":" + json)));
    }

    @ParameterizedTest
    @MethodSource("contents")
    void readsTheImageInEveryForm(InputRecord record) {
        ImageEvent event = image(record.key("photo-1"));

        assertThat(event.id()).isEqualTo("photo-1");
        assertThat(event.source()).isEqualTo(new ImageSource.Content(ByteBuffer.wrap(FILE)));
    }

    static Stream<Arguments> references() {
        String uri = "https://images.example/1.jpg";
        ImageInput input = ImageInput.newBuilder().setUri(uri).build();
        return Stream.of(
                argumentSet(
                        "protobuf",
                        InputRecord.of(message("", input).toByteArray())
                                .header("content-type", "application/protobuf")),
                argumentSet(
                        "JSON",
                        InputRecord.of("{\"image\":{\"uri\":\"" + uri + "\"}}")
                                .header("content-type", "application/json")),
                argumentSet(
                        "CloudEvent without a value",
                        InputRecord.of((byte[]) null).cloudEvent().header("ce_dataref", uri)),
                argumentSet(
                        "CloudEvent with an empty value",
                        InputRecord.of("")
                                .cloudEvent()
                                .header("ce_dataref", uri)
                                .header("content-type", "image/jpeg")),
                argumentSet("structured CloudEvent", structured("\"dataref\":\"" + uri + "\"")));
    }

    @ParameterizedTest
    @MethodSource("references")
    void readsTheReferenceInEveryForm(InputRecord record) {
        assertThat(image(record).source())
                .isEqualTo(new ImageSource.Reference(URI.create("https://images.example/1.jpg")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ffd8ffe0",
                "89504e470d0a1a0a00",
                "524946460102030457454250",
                "49492a0008",
                "4d4d002a00",
                "474946383961",
                "424d000000000000000000000000280000000000"
            })
    void knowsAnImageWithoutATypeByItsFirstBytes(String hex) {
        byte[] file = HexFormat.of().parseHex(hex);

        assertThat(image(InputRecord.of(file)).source()).isEqualTo(new ImageSource.Content(ByteBuffer.wrap(file)));
    }

    @Test
    void aRecordWithoutAValueIsADelete() {
        assertThat(IMAGES.parse(InputRecord.of((byte[]) null)
                        .key("photo-1")
                        .header("traceparent", "00-a")
                        .record()))
                .isEqualTo(new ParsedEvent.Delete<ImageEvent>(
                        new EventEnvelope("photo-1", POSITION, Map.of(), Optional.of("00-a"))));
    }

    static Stream<Arguments> unread() {
        String trace = "0af7651916cd43dd8448eb211c80319c";
        String traceparent = "00-" + trace + "-00f067aa0ba902b7-01";
        return Stream.of(
                argumentSet("its key", InputRecord.of(FILE).key("photo-1").cloudEvent(), "photo-1", ""),
                argumentSet(
                        "a key that is no text",
                        InputRecord.of(FILE).key(new byte[] {'a', (byte) 0xff}),
                        "a\ufffd",
                        ""),
                argumentSet("an incomplete CloudEvent", InputRecord.of(FILE).header("ce_id", "event-1"), "event-1", ""),
                argumentSet(
                        "its place and its trace",
                        InputRecord.of(FILE).header("traceparent", traceparent),
                        NamedUuid.of("images-2-40").toString(),
                        trace),
                argumentSet(
                        "no trace where none can be read",
                        InputRecord.of(FILE).key("photo-1").header("traceparent", "00-a"),
                        "photo-1",
                        ""));
    }

    @ParameterizedTest
    @MethodSource("unread")
    void aRecordThatIsNoEventIsCalledByItsKeyOrHeaders(InputRecord record, String id, String trace) {
        assertThat(EventParser.nameOfUnread(record.record())).isEqualTo(new EventName(id, trace));
    }

    static Stream<Arguments> ids() {
        byte[] own = message("own", content(FILE)).toByteArray();
        InputRecord withOwn = InputRecord.of(own).header("content-type", "application/protobuf");
        InputRecord subject = InputRecord.of(JPEG).cloudEvent().header("ce_subject", "about");
        return Stream.of(
                argumentSet("the message's own id goes before the key", withOwn.key("key"), "own"),
                argumentSet("else the key", InputRecord.of(JPEG).cloudEvent().key("key"), "key"),
                argumentSet("else what the CloudEvent is about", subject, "about"),
                argumentSet("else what it is called", InputRecord.of(JPEG).cloudEvent(), "event-1"),
                argumentSet(
                        "else the record's place",
                        InputRecord.of(JPEG),
                        NamedUuid.of("images-2-40").toString()));
    }

    @ParameterizedTest
    @MethodSource("ids")
    void theIdIsTheMostSpecificThereIs(InputRecord record, String expected) {
        assertThat(image(record).id()).isEqualTo(expected);
    }

    @Test
    void theTraceContextComesFromTheHeaderOrTheCloudEvent() {
        assertThat(image(InputRecord.of(JPEG).header("traceparent", "00-a")).traceparent())
                .contains("00-a");
        assertThat(image(InputRecord.of(JPEG).cloudEvent().header("ce_traceparent", "00-b"))
                        .traceparent())
                .contains("00-b");
        assertThat(image(InputRecord.of(JPEG)).traceparent()).isEmpty();
    }

    @Test
    void anEventSaysWhereItLies() {
        assertThat(image(InputRecord.of(JPEG)).position()).isEqualTo(POSITION);
    }

    @Test
    void attributesAreTheMessagesAndTheExtensionsOfTheCloudEvent() {
        byte[] message = message("", content(FILE)).toBuilder()
                .putAttributes("site", "north")
                .putAttributes("takenAt", "2026-05-01T12:00:00Z")
                .build()
                .toByteArray();

        ImageEvent event = image(InputRecord.of(message)
                .cloudEvent()
                .header("content-type", "application/protobuf")
                .header("ce_subject", "about")
                .header("ce_traceparent", "00-b")
                .header("ce_site", "south")
                .header("ce_height", "12.5"));

        assertThat(event.attributes())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("site", "north", "takenAt", "2026-05-01T12:00:00Z", "height", "12.5"));
    }

    @Test
    void extensionsOfAStructuredCloudEventAreAttributesToo() {
        ImageEvent event = image(structured("\"subject\":\"about\",\"height\":12.5,\"indoor\":true,"
                + "\"datacontenttype\":\"image/jpeg\",\"data_base64\":\"" + BASE64 + "\""));

        assertThat(event.attributes()).containsExactlyInAnyOrderEntriesOf(Map.of("height", "12.5", "indoor", "true"));
    }

    @Test
    void aFileOnItsOwnHasNoAttributes() {
        assertThat(image(InputRecord.of(JPEG).header("sender", "camera")).attributes())
                .isEmpty();
    }

    static Stream<Arguments> malformed() {
        return Stream.of(
                argumentSet(
                        "unknown type", InputRecord.of(FILE).header("content-type", "text/plain"), "\"text/plain\""),
                argumentSet("no type, no signature", InputRecord.of("hello"), "0x68656c6c6f"),
                argumentSet("a text that starts with BM", InputRecord.of("BMW and Mercedes are cars"), "0x424d57"),
                argumentSet("empty", InputRecord.of("").header("content-type", "image/png"), "no data"),
                argumentSet("not protobuf", typed("application/protobuf", "hello"), "not a fovea.v1.ImageEvent"),
                argumentSet(
                        "protobuf without an image",
                        InputRecord.of(message("x", ImageInput.getDefaultInstance())
                                        .toByteArray())
                                .header("content-type", "application/protobuf"),
                        "neither image.content nor image.uri"),
                argumentSet("not JSON", typed("application/json", "{\"image\""), "not the JSON"),
                argumentSet(
                        "JSON in Latin-1",
                        InputRecord.of(new byte[] {'{', (byte) 0xe4, '}'}).header("content-type", "application/json"),
                        "not UTF-8"),
                argumentSet("empty content", typed("application/json", "{\"image\":{\"content\":\"\"}}"), "is empty"),
                argumentSet(
                        "relative reference", typed("application/json", "{\"image\":{\"uri\":\"a.jpg\"}}"), "a.jpg"),
                argumentSet(
                        "no URI at all", typed("application/json", "{\"image\":{\"uri\":\"http://[\"}}"), "http://["),
                argumentSet(
                        "CloudEvent of another version",
                        InputRecord.of(JPEG)
                                .header("ce_specversion", "0.3")
                                .header("ce_id", "1")
                                .header("ce_source", "/")
                                .header("ce_type", "t"),
                        "\"0.3\""),
                argumentSet(
                        "CloudEvent without a source",
                        InputRecord.of(JPEG).header("ce_specversion", "1.0").header("ce_id", "1"),
                        "source"),
                argumentSet("structured, not JSON", typed("application/cloudevents+json", "photo"), "not JSON"),
                argumentSet("structured, an array", typed("application/cloudevents+json", "[]"), "ARRAY"),
                argumentSet(
                        "structured, no type",
                        typed("application/cloudevents+json", "{\"specversion\":\"1.0\",\"id\":\"1\"}"),
                        "source"),
                argumentSet("structured, no data", structured("\"subject\":\"a\""), "no data_base64"),
                argumentSet("structured, bad base64", structured("\"data_base64\":\"%\""), "not base64"),
                argumentSet("structured, data a text", structured("\"data\":\"text\""), "no data_base64"),
                argumentSet(
                        "structured, nested too deep",
                        typed("application/cloudevents+json", "[".repeat(100_000)),
                        "not JSON"),
                argumentSet("JSON nested too deep", typed("application/json", "[".repeat(100_000)), "not the JSON"),
                argumentSet("a batch", typed("application/cloudevents-batch+json", "[]"), "cloudevents-batch"),
                argumentSet("a key that is no text", InputRecord.of(JPEG).key(new byte[] {(byte) 0xff, 1}), "0xff01"));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void whatIsNoEventIsNamedAndQuoted(InputRecord record, String quoted) {
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> IMAGES.parse(record.record()))
                .withMessageContaining(quoted)
                .satisfies(failure -> {
                    assertThat(failure.code()).isEqualTo("EVENT_MALFORMED");
                    assertThat(failure.getMessage()).hasSizeLessThan(250);
                });
    }

    @Test
    void aFileOfSixteenMebibytesFitsInEveryForm() {
        byte[] large = new byte[16 << 20];
        Arrays.fill(large, (byte) 7);
        String base64 = Base64.getEncoder().encodeToString(large);

        assertThat(image(structured("\"datacontenttype\":\"image/png\",\"data_base64\":\"" + base64 + "\""))
                        .source())
                .isEqualTo(new ImageSource.Content(ByteBuffer.wrap(large)));
        assertThat(image(typed("application/json", "{\"image\":{\"content\":\"" + base64 + "\"}}"))
                        .source())
                .isEqualTo(new ImageSource.Content(ByteBuffer.wrap(large)));
    }

    private static ImageEvent image(InputRecord record) {
        return ((ParsedEvent.Asked<ImageEvent>) IMAGES.parse(record.record())).event();
    }

    private static InputRecord typed(String contentType, String value) {
        return InputRecord.of(value).header("content-type", contentType);
    }

    private static InputRecord structured(String members) {
        return typed("application/cloudevents+json; charset=UTF-8", "{" + ATTRIBUTES + "," + members + "}");
    }

    private static ImageInput content(byte[] file) {
        return ImageInput.newBuilder().setContent(ByteString.copyFrom(file)).build();
    }

    private static dev.fovea.proto.v1.ImageEvent message(String id, ImageInput image) {
        return dev.fovea.proto.v1.ImageEvent.newBuilder()
                .setId(id)
                .setImage(image)
                .build();
    }
}
