package dev.fovea.kafka.form;

import dev.fovea.inference.ImageSource;
import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.kafka.EventEnvelope;
import dev.fovea.kafka.ImageEvent;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.util.Map;

/// Images: `fovea.v1.ImageEvent`, or the file. A record without a value deletes the image.
public final class ImageForm implements EventForm<dev.fovea.proto.v1.ImageEvent, ImageEvent> {

    @Override
    public dev.fovea.proto.v1.ImageEvent prototype() {
        return dev.fovea.proto.v1.ImageEvent.getDefaultInstance();
    }

    @Override
    public String id(dev.fovea.proto.v1.ImageEvent message) {
        return message.getId();
    }

    @Override
    public Map<String, String> attributes(dev.fovea.proto.v1.ImageEvent message) {
        return message.getAttributesMap();
    }

    @Override
    public ImageEvent event(EventEnvelope envelope, dev.fovea.proto.v1.ImageEvent message) {
        return switch (message.getImage().getSourceCase()) {
            case CONTENT ->
                event(envelope, content(message.getImage().getContent().asReadOnlyByteBuffer()));
            case URI -> event(envelope, reference(message.getImage().getUri()));
            case SOURCE_NOT_SET ->
                throw Malformed.because("the fovea.v1.ImageEvent has neither image.content nor image.uri");
        };
    }

    @Override
    public ImageEvent event(EventEnvelope envelope, ImageSource image) {
        return new ImageEvent(envelope, image);
    }

    @Override
    public boolean hasDeletes() {
        return true;
    }

    /// The image behind a reference.
    ///
    /// @throws InvalidInput with the code of [Malformed] if the text is no absolute URI
    public static ImageSource reference(String text) {
        try {
            URI uri = new URI(text.strip());
            if (!uri.isAbsolute()) {
                throw Malformed.because("the reference is not an absolute URI", text);
            }
            return new ImageSource.Reference(uri);
        } catch (URISyntaxException notOne) {
            throw Malformed.because("the reference is not a URI", text);
        }
    }

    private static ImageSource content(ByteBuffer bytes) {
        if (!bytes.hasRemaining()) {
            throw Malformed.because("image.content is empty");
        }
        return new ImageSource.Content(bytes);
    }
}
