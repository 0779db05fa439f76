package dev.fovea.imaging.decode;

import dev.fovea.imaging.decode.ImageHeader.Reader;
import dev.fovea.inference.failure.InvalidInput;
import java.nio.ByteBuffer;

/// Walks a JPEG's markers to its end: size, orientation, number of scans, and whether it is whole.
///
/// Source: ITU-T T.81, annex B; EXIF 2.32 section 4.5.2 for the APP1 segment.
final class JpegHeader {

    /// A progressive file refines all pixels once per scan; ten or so are usual, and thousands of empty ones are
    /// an attack that no pixel limit catches.
    private static final int MAX_SCANS = 100;

    private static final int SOI = 0xD8;
    private static final int EOI = 0xD9;
    private static final int SOS = 0xDA;
    private static final int APP1 = 0xE1;
    private static final int TEM = 0x01;
    private static final byte[] EXIF = {'E', 'x', 'i', 'f', 0, 0};

    private final ByteBuffer file;
    private int at = 2;
    private int width;
    private int height;
    private int components;
    private int scans;
    private int orientation = 1;

    private JpegHeader(ByteBuffer file) {
        this.file = file;
    }

    static ImageHeader read(ByteBuffer file) {
        JpegHeader header = new JpegHeader(file);
        header.walk();
        if (header.components == 0 || header.scans == 0) {
            throw ImageHeader.undecodable("JPEG file holds no image");
        }
        return new ImageHeader(
                ImageFormat.JPEG, header.width, header.height, header.orientation, false, 4, Reader.OPENCV);
    }

    private void walk() {
        for (int marker = nextMarker(); marker != EOI; marker = nextMarker()) {
            if (marker == TEM || marker == SOI || isRestart(marker)) {
                continue;
            }
            int length = Short.toUnsignedInt(file.getShort(at));
            if (isStartOfFrame(marker)) {
                requireFirstFrame();
                height = Short.toUnsignedInt(file.getShort(at + 3));
                width = Short.toUnsignedInt(file.getShort(at + 5));
                components = Byte.toUnsignedInt(file.get(at + 7));
            } else if (marker == APP1) {
                readExif(length);
            } else if (marker == SOS) {
                countScan();
            }
            at += Math.max(length, 2);
        }
    }

    /// A decoder takes the size from the first frame header; a smaller one behind it would hide that size from the
    /// limits.
    private void requireFirstFrame() {
        if (components != 0) {
            throw ImageHeader.undecodable("JPEG file holds a second frame header at byte " + at);
        }
    }

    /// The marker after `at`, skipping entropy-coded bytes and fill, and leaving `at` behind it.
    private int nextMarker() {
        while (true) {
            while (byteAt(at) != 0xFF) {
                at++;
            }
            while (byteAt(at) == 0xFF) {
                at++;
            }
            int marker = byteAt(at++);
            if (marker != 0) {
                return marker;
            }
        }
    }

    private int byteAt(int index) {
        if (index >= file.limit()) {
            throw ImageHeader.undecodable(
                    "JPEG file of " + file.limit() + " bytes is cut off: it has no end-of-image marker");
        }
        return Byte.toUnsignedInt(file.get(index));
    }

    private void readExif(int length) {
        if (orientation == 1 && length > 2 + EXIF.length + 8 && at + length <= file.limit()) {
            ByteBuffer segment = file.slice(at + 2, length - 2);
            if (segment.slice(0, EXIF.length).equals(ByteBuffer.wrap(EXIF))) {
                orientation = TiffDirectory.orientation(segment.slice(EXIF.length, segment.limit() - EXIF.length));
            }
        }
    }

    private void countScan() {
        scans++;
        if (scans > MAX_SCANS) {
            throw new InvalidInput(
                    "IMAGE_TOO_MANY_SCANS",
                    "JPEG file has more than " + MAX_SCANS + " scans",
                    "more than " + MAX_SCANS,
                    MAX_SCANS);
        }
    }

    private static boolean isRestart(int marker) {
        return marker >= 0xD0 && marker <= 0xD7;
    }

    /// SOF0 to SOF15 without DHT, JPG and DAC, which share the range.
    private static boolean isStartOfFrame(int marker) {
        return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }
}
