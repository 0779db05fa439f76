package dev.fovea.imaging.decode;

import dev.fovea.imaging.decode.ImageHeader.Reader;
import dev.fovea.inference.failure.InvalidInput;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;

/// Reads the first directory of a TIFF: size, orientation, and the sizes that a reader would allocate for.
///
/// Source: TIFF 6.0 specification, sections 8 and 15.
final class TiffHeader {

    private static final int WIDTH = 256;
    private static final int HEIGHT = 257;
    private static final int BITS_PER_SAMPLE = 258;
    private static final int SAMPLES_PER_PIXEL = 277;
    private static final int ROWS_PER_STRIP = 278;
    private static final int TILE_WIDTH = 322;
    private static final int TILE_HEIGHT = 323;
    private static final int MAX_SAMPLES = 5;
    private static final int MAX_BITS = 64;

    /// A tile may overhang the image; one that is many times the image only serves to exhaust memory.
    private static final int MAX_TILE_SIDE = 8192;

    private TiffHeader() {}

    static ImageHeader read(ByteBuffer file) {
        TiffDirectory directory = TiffDirectory.first(file);
        directory.requireReadable(
                Set.of(WIDTH, HEIGHT, BITS_PER_SAMPLE, SAMPLES_PER_PIXEL, ROWS_PER_STRIP, TILE_WIDTH, TILE_HEIGHT));
        long samples = requireAtMost("samples a pixel", directory.value(SAMPLES_PER_PIXEL), MAX_SAMPLES);
        long bits = requireAtMost("bits a sample", directory.value(BITS_PER_SAMPLE), MAX_BITS);
        requireAtMost("columns a tile", directory.value(TILE_WIDTH), MAX_TILE_SIDE);
        requireAtMost("rows a tile", directory.value(TILE_HEIGHT), MAX_TILE_SIDE);
        if (directory.value(ROWS_PER_STRIP).orElse(1L) == 0) {
            throw ImageHeader.undecodable("TIFF file has strips of no rows");
        }
        return new ImageHeader(
                ImageFormat.TIFF,
                side(directory, WIDTH),
                side(directory, HEIGHT),
                directory.orientation(),
                true,
                (int) (samples * Math.ceilDiv(bits, Byte.SIZE)),
                Reader.IMAGE_IO);
    }

    private static long side(TiffDirectory directory, int tag) {
        return directory.value(tag).orElseThrow(() -> ImageHeader.undecodable("TIFF file declares no size"));
    }

    private static long requireAtMost(String what, Optional<Long> value, int limit) {
        if (value.isPresent() && value.get() > limit) {
            throw new InvalidInput(
                    "IMAGE_FORMAT_UNSUPPORTED",
                    "TIFF file has " + value.get() + " " + what + ", above " + limit,
                    value.get(),
                    limit);
        }
        return value.orElse(1L);
    }
}
