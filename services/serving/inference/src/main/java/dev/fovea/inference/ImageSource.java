package dev.fovea.inference;

import java.net.URI;
import java.nio.ByteBuffer;

/// Where the encoded image of a request or an event is.
public sealed interface ImageSource {

    /// The file itself.
    ///
    /// @param bytes left unchanged by their sender; every call of the accessor returns a read-only view with its
    /// own position
    record Content(ByteBuffer bytes) implements ImageSource {

        public Content {
            bytes = bytes.asReadOnlyBuffer();
        }

        @Override
        public ByteBuffer bytes() {
            return bytes.duplicate();
        }
    }

    /// A claim check: the file lies elsewhere, and is fetched only if the configuration allows it. Nothing has been
    /// checked yet but the URI's syntax.
    record Reference(URI uri) implements ImageSource {}
}
