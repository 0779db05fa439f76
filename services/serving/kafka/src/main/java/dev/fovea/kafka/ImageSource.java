package dev.fovea.kafka;

import java.net.URI;
import java.nio.ByteBuffer;

/// Where the image of an event is.
public sealed interface ImageSource {

    /// The encoded file itself.
    ///
    /// @param bytes read-only; every call of the accessor returns a view with its own position
    record Content(ByteBuffer bytes) implements ImageSource {

        public Content {
            bytes = bytes.asReadOnlyBuffer();
        }

        @Override
        public ByteBuffer bytes() {
            return bytes.duplicate();
        }
    }

    /// A claim check: the file lies elsewhere. Nothing has been checked yet but the URI's syntax.
    record Reference(URI uri) implements ImageSource {}
}
