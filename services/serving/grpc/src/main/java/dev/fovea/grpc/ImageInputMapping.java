package dev.fovea.grpc;

import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.proto.v1.ImageInput;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.util.function.Function;

/// `ImageInput` to whatever a service calls the source of an image.
public final class ImageInputMapping {
    private ImageInputMapping() {}

    /// @param <T> the service's own type
    /// @param content takes a read-only view of the message's bytes
    /// @throws InvalidInput `IMAGE_MISSING` without content and reference, `REFERENCE_INVALID` if it is not a URI
    public static <T> T source(ImageInput input, Function<ByteBuffer, T> content, Function<URI, T> reference) {
        return switch (input.getSourceCase()) {
            case CONTENT -> content.apply(input.getContent().asReadOnlyByteBuffer());
            case URI -> reference.apply(uri(input.getUri()));
            case SOURCE_NOT_SET -> throw new InvalidInput("IMAGE_MISSING", "the image has neither content nor a uri");
        };
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException invalid) {
            throw new InvalidInput(
                    "REFERENCE_INVALID", "\"" + text + "\" is not a URI: " + invalid.getReason(), text, "RFC 3986");
        }
    }
}
