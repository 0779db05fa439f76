package dev.fovea.imaging.decode;

import dev.fovea.inference.failure.InvalidInput;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/// The file formats that are decoded, told apart by signature and by nothing else.
enum ImageFormat {
    JPEG,
    PNG,
    WEBP,
    TIFF,
    BMP,
    GIF;

    private static final String SUPPORTED = "JPEG, PNG, WebP, TIFF, BMP, GIF";
    private static final int LONGEST_SIGNATURE = 12;

    /// A format and the bytes that give it away; a `?` in the pattern stands for any byte.
    private record Signature(String name, String pattern) {

        boolean matches(String start) {
            if (start.length() < pattern.length()) {
                return false;
            }
            for (int i = 0; i < pattern.length(); i++) {
                if (pattern.charAt(i) != '?' && pattern.charAt(i) != start.charAt(i)) {
                    return false;
                }
            }
            return true;
        }
    }

    /// Refused, but by name: "unsupported" helps nobody who does not know what the file is.
    private static final List<Signature> FOREIGN = List.of(
            new Signature("AVIF", "????ftypavif"),
            new Signature("AVIF", "????ftypavis"),
            new Signature("HEIF", "????ftyp"),
            new Signature("JPEG 2000", "\0\0\0\fjP  "),
            new Signature("JPEG 2000", "\u00ffO\u00ffQ"),
            new Signature("JPEG XL", "\0\0\0\fJXL "),
            new Signature("JPEG XL", "\u00ff\n"),
            new Signature("BigTIFF", "II+\0"),
            new Signature("BigTIFF", "MM\0+"),
            new Signature("Photoshop", "8BPS"),
            new Signature("Windows icon", "\0\0\1\0"),
            new Signature("Windows cursor", "\0\0\2\0\1\0"),
            new Signature("PNM", "P1"),
            new Signature("PNM", "P2"),
            new Signature("PNM", "P3"),
            new Signature("PNM", "P4"),
            new Signature("PNM", "P5"),
            new Signature("PNM", "P6"),
            new Signature("PAM", "P7"),
            new Signature("Radiance HDR", "#?"),
            new Signature("OpenEXR", "v/1\1"),
            new Signature("DirectDraw surface", "DDS "),
            new Signature("Sun raster", "Y\u00a6j\u0095"),
            new Signature("PDF", "%PDF"),
            new Signature("PostScript", "%!PS"),
            new Signature("SVG or XML", "<?xml"),
            new Signature("SVG", "<svg"));

    /// @throws InvalidInput `IMAGE_FORMAT_UNSUPPORTED` naming what the bytes are, as far as that is known
    static ImageFormat sniff(ByteBuffer bytes) {
        byte[] start = new byte[Math.min(LONGEST_SIGNATURE, bytes.remaining())];
        bytes.get(bytes.position(), start);
        String text = new String(start, StandardCharsets.ISO_8859_1);
        for (ImageFormat format : values()) {
            if (format.signatures().stream().anyMatch(signature -> signature.matches(text))) {
                return format;
            }
        }
        String found = FOREIGN.stream()
                .filter(signature -> signature.matches(text))
                .map(Signature::name)
                .findFirst()
                .orElse("no known image (it starts with "
                        + HexFormat.ofDelimiter(" ").formatHex(start, 0, Math.min(8, start.length)) + ")");
        throw new InvalidInput(
                "IMAGE_FORMAT_UNSUPPORTED",
                "the content is " + found + "; supported are " + SUPPORTED,
                found,
                SUPPORTED);
    }

    private List<Signature> signatures() {
        return switch (this) {
            case JPEG -> List.of(new Signature(name(), "\u00ff\u00d8\u00ff"));
            case PNG -> List.of(new Signature(name(), "\u0089PNG\r\n\032\n"));
            case WEBP -> List.of(new Signature(name(), "RIFF????WEBP"));
            case TIFF -> List.of(new Signature(name(), "II*\0"), new Signature(name(), "MM\0*"));
            case BMP -> List.of(new Signature(name(), "BM"));
            case GIF -> List.of(new Signature(name(), "GIF87a"), new Signature(name(), "GIF89a"));
        };
    }
}
