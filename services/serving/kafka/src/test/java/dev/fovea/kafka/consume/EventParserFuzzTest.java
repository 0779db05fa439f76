package dev.fovea.kafka.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.kafka.form.EventForm;
import dev.fovea.kafka.form.ImageForm;
import dev.fovea.kafka.form.QueryForm;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever bytes come, the parser gives an event or says that there is none: nothing else may escape it.
class EventParserFuzzTest {

    private static final String STRUCTURED = "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/\",\"type\":\"t\","
            + "\"datacontenttype\":\"image/jpeg\",\"data_base64\":\"/9j/4AAQ\",\"dataref\":\"https://a/b\"}";
    private static final byte[] PROTOBUF = dev.fovea.proto.v1.ImageEvent.newBuilder()
            .setId("photo")
            .setImage(dev.fovea.proto.v1.ImageInput.newBuilder().setUri("https://a/b"))
            .putAttributes("site", "north")
            .build()
            .toByteArray();
    private static final byte[] JSON =
            "{\"id\":\"1\",\"image\":{\"content\":\"/9j/4AAQ\"},\"attributes\":{\"a\":\"b\"}}"
                    .getBytes(StandardCharsets.UTF_8);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/protobuf",
                "application/json",
                "application/cloudevents+json",
                "image/jpeg",
                "application/octet-stream"
            })
    void onlyInvalidInputEscapes(String contentType) {
        Random random = new Random(20_261_121);
        int images = 0;
        int queries = 0;
        for (int i = 0; i < 5_000; i++) {
            InputRecord record = InputRecord.of(mutated(seed(contentType, random), random))
                    .header("content-type", contentType)
                    .header("ce_" + randomText(random), randomText(random));
            images += isEvent(new ImageForm(), record) ? 1 : 0;
            queries += isEvent(new QueryForm(), record) ? 1 : 0;
        }
        // Were every mutation refused, the fuzz would test the first check only.
        assertThat(images).isPositive();
        assertThat(queries).isPositive();
    }

    private static boolean isEvent(EventForm<?, ?> form, InputRecord record) {
        try {
            new EventParser<>(form).parse(record.record());
            return true;
        } catch (InvalidInput refused) {
            EventParser.nameOfUnread(record.record());
            return false;
        } catch (Throwable escaped) {
            return fail("escaped for value " + Arrays.toString(record.record().value()), escaped);
        }
    }

    private static byte[] seed(String contentType, Random random) {
        if (random.nextInt(4) == 0) {
            byte[] noise = new byte[random.nextInt(64)];
            random.nextBytes(noise);
            return noise;
        }
        return switch (contentType) {
            case "application/protobuf" -> PROTOBUF.clone();
            case "application/json" -> JSON.clone();
            case "application/cloudevents+json" -> STRUCTURED.getBytes(StandardCharsets.UTF_8);
            default -> new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, 0};
        };
    }

    private static byte[] mutated(byte[] bytes, Random random) {
        byte[] result = random.nextInt(5) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length + 9)) : bytes;
        for (int i = random.nextInt(4); i > 0 && result.length > 0; i--) {
            result[random.nextInt(result.length)] = (byte) random.nextInt(256);
        }
        return result;
    }

    private static String randomText(Random random) {
        String[] texts = {"id", "source", "type", "specversion", "dataref", "1.0", "http://[", "", "a b", "\u0000"};
        return texts[random.nextInt(texts.length)];
    }
}
