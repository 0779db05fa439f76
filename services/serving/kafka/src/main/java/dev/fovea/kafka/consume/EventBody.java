package dev.fovea.kafka.consume;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.fovea.inference.ImageSource;
import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.proto.v1.ImageEvent;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/// The image and its id, from data of a known media type.
///
/// @param id as the message says; empty if it says none
record EventBody(String id, ImageSource source) {

    private static final Set<String> PROTOBUF =
            Set.of("application/protobuf", "application/x-protobuf", "application/vnd.google.protobuf");
    private static final Set<String> UNTYPED = Set.of("", "application/octet-stream", "binary/octet-stream");

    /// @param mediaType as [#mediaType] gives it; if it is empty or says nothing, the first bytes decide
    /// @throws InvalidInput if the media type is unknown or the data is not of it
    static EventBody parse(String mediaType, byte[] data) {
        if (data.length == 0) {
            throw Malformed.because("the event has no data and no reference, only a content type", mediaType);
        }
        if (mediaType.startsWith("image/") || (UNTYPED.contains(mediaType) && ImageSignature.matches(data))) {
            return new EventBody("", new ImageSource.Content(ByteBuffer.wrap(data)));
        }
        if (PROTOBUF.contains(mediaType)) {
            return ofProtobuf(data);
        }
        if (mediaType.equals("application/json")) {
            return ofJson(utf8(data, "the JSON value"));
        }
        if (UNTYPED.contains(mediaType)) {
            throw Malformed.because(
                    "the value has no telling content-type and is no known image; it starts with",
                    ImageSignature.firstBytes(data));
        }
        throw Malformed.because("the content-type is none of image events", mediaType);
    }

    static EventBody reference(String uri) {
        return new EventBody("", new ImageSource.Reference(uri(uri)));
    }

    static EventBody ofJson(String json) {
        ImageEvent.Builder message = ImageEvent.newBuilder();
        try {
            JsonFormat.parser().ignoringUnknownFields().merge(json, message);
        } catch (InvalidProtocolBufferException | RuntimeException notThatMessage) {
            throw Malformed.because("the value is not the JSON of fovea.v1.ImageEvent", text(notThatMessage));
        }
        return of(message.build());
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

    private static EventBody ofProtobuf(byte[] data) {
        try {
            return of(ImageEvent.parseFrom(data));
        } catch (InvalidProtocolBufferException notThatMessage) {
            throw Malformed.because("the value is not a fovea.v1.ImageEvent", text(notThatMessage));
        }
    }

    private static EventBody of(ImageEvent message) {
        ImageSource source =
                switch (message.getImage().getSourceCase()) {
                    case CONTENT -> content(message.getImage().getContent().asReadOnlyByteBuffer());
                    case URI -> new ImageSource.Reference(uri(message.getImage().getUri()));
                    case SOURCE_NOT_SET ->
                        throw Malformed.because("the fovea.v1.ImageEvent has neither image.content nor image.uri");
                };
        return new EventBody(message.getId(), source);
    }

    private static ImageSource content(ByteBuffer bytes) {
        if (!bytes.hasRemaining()) {
            throw Malformed.because("image.content is empty");
        }
        return new ImageSource.Content(bytes);
    }

    private static URI uri(String text) {
        try {
            URI uri = new URI(text.strip());
            if (!uri.isAbsolute()) {
                throw Malformed.because("the reference is not an absolute URI", text);
            }
            return uri;
        } catch (URISyntaxException notOne) {
            throw Malformed.because("the reference is not a URI", text);
        }
    }

    private static String text(Exception cause) {
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}
