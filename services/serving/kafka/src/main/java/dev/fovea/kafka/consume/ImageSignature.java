package dev.fovea.kafka.consume;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// Recognises image files by their first bytes, for senders that set no content type.
///
/// Sources: JFIF/EXIF (FF D8 FF), PNG specification section 5.2, WebP container (RIFF....WEBP), TIFF 6.0 section 2,
/// Windows BMP ("BM" and a header size of 12 to 124), GIF89a section 17.
final class ImageSignature {

    private static final byte[] JPEG = HexFormat.of().parseHex("ffd8ff");
    private static final byte[] PNG = HexFormat.of().parseHex("89504e470d0a1a0a");
    private static final byte[] TIFF_LITTLE = HexFormat.of().parseHex("49492a00");
    private static final byte[] TIFF_BIG = HexFormat.of().parseHex("4d4d002a");
    private static final byte[] GIF = ascii("GIF8");
    private static final byte[] BMP = ascii("BM");
    private static final byte[] RIFF = ascii("RIFF");
    private static final byte[] WEBP = ascii("WEBP");
    private static final int BMP_HEADER_SIZE_AT = 14;

    private ImageSignature() {}

    static boolean matches(byte[] value) {
        return startsWith(value, JPEG, 0)
                || startsWith(value, PNG, 0)
                || startsWith(value, TIFF_LITTLE, 0)
                || startsWith(value, TIFF_BIG, 0)
                || startsWith(value, GIF, 0)
                || (startsWith(value, RIFF, 0) && startsWith(value, WEBP, 8))
                || isBmp(value);
    }

    /// The first bytes in hexadecimal, for error messages.
    static String firstBytes(byte[] value) {
        return "0x" + HexFormat.of().formatHex(value, 0, Math.min(8, value.length));
    }

    // Two letters alone would make an image of any text that starts with "BM".
    private static boolean isBmp(byte[] value) {
        if (!startsWith(value, BMP, 0) || value.length < BMP_HEADER_SIZE_AT + 4) {
            return false;
        }
        int headerSize = value[BMP_HEADER_SIZE_AT] & 0xff;
        boolean oneByte = value[BMP_HEADER_SIZE_AT + 1] == 0
                && value[BMP_HEADER_SIZE_AT + 2] == 0
                && value[BMP_HEADER_SIZE_AT + 3] == 0;
        return oneByte && headerSize >= 12 && headerSize <= 124;
    }

    private static boolean startsWith(byte[] value, byte[] signature, int at) {
        if (value.length < at + signature.length) {
            return false;
        }
        for (int i = 0; i < signature.length; i++) {
            if (value[at + i] != signature[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
