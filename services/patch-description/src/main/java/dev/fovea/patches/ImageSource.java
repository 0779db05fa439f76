package dev.fovea.patches;

import java.net.URI;
import java.nio.ByteBuffer;

/// Where the encoded image of a request is.
public sealed interface ImageSource {
    /// The file itself.
    ///
    /// @param bytes left unchanged by whoever holds them; the accessor returns a read-only view of its own position
    record Content(ByteBuffer bytes) implements ImageSource {
        @Override
        public ByteBuffer bytes() {
            return bytes.asReadOnlyBuffer();
        }
    }

    /// Elsewhere; fetched only if the configuration allows it.
    record Reference(URI uri) implements ImageSource {}
}
