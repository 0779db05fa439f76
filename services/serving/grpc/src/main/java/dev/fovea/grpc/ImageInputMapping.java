package dev.fovea.grpc;

import dev.fovea.inference.ImageSource;
import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.proto.v1.ImageInput;
import java.net.URI;
import java.net.URISyntaxException;

/// `ImageInput` to the source of an image.
public final class ImageInputMapping {
    private ImageInputMapping() {}

    /// @throws InvalidInput `IMAGE_MISSING` without content and reference, `REFERENCE_INVALID` if it is not a URI
    public static ImageSource source(ImageInput input) {
        return switch (input.getSourceCase()) {
            case CONTENT -> new ImageSource.Content(input.getContent().asReadOnlyByteBuffer());
            case URI -> new ImageSource.Reference(uri(input.getUri()));
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
