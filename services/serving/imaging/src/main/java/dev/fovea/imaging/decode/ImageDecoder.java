package dev.fovea.imaging.decode;

import dev.fovea.imaging.Image;
import dev.fovea.imaging.OpenCv;
import java.nio.ByteBuffer;

/// Encoded files of strangers to images.
public final class ImageDecoder implements AutoCloseable {

    public ImageDecoder(DecodeLimits limits) {
        OpenCv.load();
    }

    /// Decodes the remaining bytes of `encoded`, whose position and limit stay as they are. The caller leaves the
    /// bytes unchanged until the method returns, and closes the image.
    ///
    /// @throws dev.fovea.inference.failure.InvalidInput if the bytes are not an image or break a limit
    /// @throws dev.fovea.inference.failure.Overloaded if no decoding thread came free in time
    /// @throws InterruptedException if the calling thread is interrupted while it waits
    public Image decode(ByteBuffer encoded) throws InterruptedException {
        if (encoded.hasRemaining()) {
            throw OpenCv.pending();
        }
        return Image.fromRgb(1, 1, new byte[3]);
    }

    @Override
    public void close() {}
}
