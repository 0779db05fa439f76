package dev.fovea.kafka.consume;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.fovea.inference.ImageSource;
import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.kafka.Event;
import dev.fovea.kafka.EventEnvelope;
import dev.fovea.kafka.form.EventForm;
import dev.fovea.kafka.form.ImageForm;
import dev.fovea.kafka.form.Malformed;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// What the value of a record says by itself, from data of a known media type.
///
/// @param id as the message says; empty if it says none
/// @param attributes as the message says
/// @param event what it is with an envelope; throws `InvalidInput` if the message is no event
record EventBody<E extends Event>(String id, Map<String, String> attributes, Function<EventEnvelope, E> event) {

    private static final Set<String> PROTOBUF =
            Set.of("application/protobuf", "application/x-protobuf", "application/vnd.google.protobuf");
    private static final Set<String> UNTYPED = Set.of("", "application/octet-stream", "binary/octet-stream");

    /// @param mediaType as [#mediaType] gives it; if it is empty or says nothing, the first bytes decide
    /// @throws InvalidInput if the media type is unknown or the data is not of it
    static <E extends Event> EventBody<E> parse(EventForm<?, E> form, String mediaType, byte[] data) {
        if (data.length == 0) {
            throw Malformed.because("the event has no data and no reference, only a content type", mediaType);
        }
        if (mediaType.startsWith("image/") || (UNTYPED.contains(mediaType) && ImageSignature.matches(data))) {
            return ofImage(form, new ImageSource.Content(ByteBuffer.wrap(data)));
        }
        if (PROTOBUF.contains(mediaType)) {
            return ofProtobuf(form, data);
        }
        if (mediaType.equals("application/json")) {
            return ofJson(form, utf8(data, "the JSON value"));
        }
        if (UNTYPED.contains(mediaType)) {
            throw Malformed.because(
                    "the value has no telling content-type and is no known image; it starts with",
                    ImageSignature.firstBytes(data));
        }
        throw Malformed.because("the content-type is none that events have", mediaType);
    }

    static <E extends Event> EventBody<E> reference(EventForm<?, E> form, String uri) {
        return ofImage(form, ImageForm.reference(uri));
    }

    static <M extends Message, E extends Event> EventBody<E> ofJson(EventForm<M, E> form, String json) {
        Message.Builder message = form.prototype().newBuilderForType();
        try {
            JsonFormat.parser().ignoringUnknownFields().merge(json, message);
        } catch (InvalidProtocolBufferException | RuntimeException notThatMessage) {
            throw Malformed.because("the value is not the JSON of " + name(form), text(notThatMessage));
        }
        return ofMessage(form, message.build());
    }

    /// The media type without parameters, in lower case.
    static String mediaType(String contentType) {
        int parameters = contentType.indexOf(';');
        return (parameters < 0 ? contentType : contentType.substring(0, parameters))
                .strip()
                .toLowerCase(Locale.ROOT);
    }

    static String utf8(byte[] bytes, String what) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            throw Malformed.because(what + " is not UTF-8; it starts with", ImageSignature.firstBytes(bytes));
        }
    }

    /// Of the message in values of the form, for example `fovea.v1.ImageEvent`.
    static String name(EventForm<?, ?> form) {
        return form.prototype().getDescriptorForType().getFullName();
    }

    private static <E extends Event> EventBody<E> ofImage(EventForm<?, E> form, ImageSource image) {
        return new EventBody<>("", Map.of(), envelope -> form.event(envelope, image));
    }

    private static <M extends Message, E extends Event> EventBody<E> ofProtobuf(EventForm<M, E> form, byte[] data) {
        try {
            return ofMessage(form, form.prototype().getParserForType().parseFrom(data));
        } catch (InvalidProtocolBufferException notThatMessage) {
            throw Malformed.because("the value is not a " + name(form), text(notThatMessage));
        }
    }

    // Parsers and builders of generated messages make their own type, but their signatures do not say so.
    @SuppressWarnings("unchecked")
    private static <M extends Message, E extends Event> EventBody<E> ofMessage(EventForm<M, E> form, Message message) {
        M own = (M) message;
        return new EventBody<>(form.id(own), form.attributes(own), envelope -> form.event(envelope, own));
    }

    private static String text(Exception cause) {
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}
