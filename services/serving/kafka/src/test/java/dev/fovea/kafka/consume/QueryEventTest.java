package dev.fovea.kafka.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.google.protobuf.ByteString;
import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.kafka.EventPosition;
import dev.fovea.kafka.QueryEvent;
import dev.fovea.kafka.form.QueryForm;
import dev.fovea.proto.v1.ImageInput;
import dev.fovea.proto.v1.SearchRequest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The forms in which a query comes.
class QueryEventTest {

    private static final EventParser<QueryEvent> QUERIES = new EventParser<>(new QueryForm());
    private static final byte[] JPEG = HexFormat.of().parseHex("ffd8ffe000104a46");
    private static final SearchRequest BY_IMAGE = SearchRequest.newBuilder()
            .setImage(ImageInput.newBuilder().setContent(ByteString.copyFrom(JPEG)))
            .build();
    private static final SearchRequest BY_ID =
            SearchRequest.newBuilder().setStoredId("photo-7").setK(3).build();
    private static final String JSON = "{\"storedId\":\"photo-7\",\"k\":3}";
    private static final String CLOUD_EVENT =
            "\"specversion\":\"1.0\",\"id\":\"event-1\",\"source\":\"/app\",\"type\":\"query\"";

    static Stream<Arguments> forms() {
        return Stream.of(
                argumentSet("a file", InputRecord.of(JPEG).header("content-type", "image/jpeg"), BY_IMAGE),
                argumentSet("a file without a type", InputRecord.of(JPEG), BY_IMAGE),
                argumentSet(
                        "a request as protobuf",
                        InputRecord.of(BY_ID.toByteArray()).header("content-type", "application/protobuf"),
                        BY_ID),
                argumentSet(
                        "a request as JSON", InputRecord.of(JSON).header("content-type", "application/json"), BY_ID),
                argumentSet(
                        "a CloudEvent of a request",
                        InputRecord.of(BY_ID.toByteArray()).cloudEvent().header("content-type", "application/protobuf"),
                        BY_ID),
                argumentSet("a structured CloudEvent of a request", structured("\"data\":" + JSON), BY_ID),
                argumentSet(
                        "a structured CloudEvent of a file",
                        structured("\"datacontenttype\":\"image/jpeg\",\"data_base64\":\""
                                + Base64.getEncoder().encodeToString(JPEG) + "\""),
                        BY_IMAGE),
                argumentSet(
                        "a reference",
                        InputRecord.of((byte[]) null).cloudEvent().header("ce_dataref", "https://images.example/1.jpg"),
                        SearchRequest.newBuilder()
                                .setImage(ImageInput.newBuilder().setUri("https://images.example/1.jpg"))
                                .build()));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void readsTheRequestInEveryForm(InputRecord record, SearchRequest expected) {
        QueryEvent event = query(record.key("query-1"));

        assertThat(event.request()).isEqualTo(expected);
        assertThat(event.id()).isEqualTo("query-1");
        assertThat(event.position()).isEqualTo(new EventPosition("images", 2, 40, 1000));
    }

    @Test
    void theRequestsOwnIdGoesBeforeTheKey() {
        byte[] request = BY_ID.toBuilder().setId("own").build().toByteArray();

        assertThat(query(InputRecord.of(request)
                                .header("content-type", "application/protobuf")
                                .key("key"))
                        .id())
                .isEqualTo("own");
    }

    @Test
    void aRecordWithoutAValueIsNoQuery() {
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> QUERIES.parse(
                        InputRecord.of((byte[]) null).key("query-1").record()))
                .withMessage("the record has no value, which fovea.v1.SearchRequest needs")
                .satisfies(failure -> assertThat(failure.code()).isEqualTo("EVENT_MALFORMED"));
    }

    @Test
    void whatIsNoRequestIsCalledSo() {
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> query(InputRecord.of("hello").header("content-type", "application/protobuf")))
                .withMessageContaining("not a fovea.v1.SearchRequest");
    }

    private static QueryEvent query(InputRecord record) {
        return ((ParsedEvent.Asked<QueryEvent>) QUERIES.parse(record.record())).event();
    }

    private static InputRecord structured(String members) {
        return InputRecord.of("{" + CLOUD_EVENT + "," + members + "}")
                .header("content-type", "application/cloudevents+json");
    }
}
