package dev.fovea.builder.index.sheet;

import dev.fovea.imaging.Image;
import dev.fovea.imaging.decode.DecodeLimits;
import dev.fovea.imaging.decode.ImageDecoder;
import dev.fovea.inference.failure.InferenceFailure;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/// Encoded images as Java's, decoded as the services do: every format, EXIF orientation applied.
final class Pictures implements AutoCloseable {

    private static final DecodeLimits LIMITS = new DecodeLimits(256 << 20, 200_000_000, 65_535, Duration.ofMinutes(1));

    private final ImageDecoder decoder = new ImageDecoder(LIMITS);

    /// Empty for no bytes, and for bytes that are no image.
    ///
    /// @throws InterruptedException if the thread is interrupted
    Optional<BufferedImage> decode(byte[] encoded) throws InterruptedException {
        if (encoded.length == 0) {
            return Optional.empty();
        }
        try (Image image = decoder.decode(ByteBuffer.wrap(encoded))) {
            return Optional.of(picture(image));
        } catch (InferenceFailure unreadable) {
            return Optional.empty();
        }
    }

    private static BufferedImage picture(Image image) {
        var picture = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_3BYTE_BGR);
        byte[] rgb = image.toRgb();
        byte[] bgr = ((DataBufferByte) picture.getRaster().getDataBuffer()).getData();
        for (int i = 0; i < rgb.length; i += 3) {
            bgr[i] = rgb[i + 2];
            bgr[i + 1] = rgb[i + 1];
            bgr[i + 2] = rgb[i];
        }
        return picture;
    }

    @Override
    public void close() {
        decoder.close();
    }
}
