package dev.fovea.imaging.decode;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/// Small files made for the tests, honest ones and liars.
final class EncodedFiles {

    private static final byte[] PNG_SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final byte[] ADOBE = {(byte) 0xFF, (byte) 0xEE, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0
    };

    private EncodedFiles() {}

    static byte[] encode(BufferedImage image, String format) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (!ImageIO.write(image, format, bytes)) {
            throw new IOException("no writer for " + format + " of type " + image.getType());
        }
        return bytes.toByteArray();
    }

    /// A PNG of these header fields whose data unfolds to `unfolded` zero bytes.
    static byte[] png(int width, int height, int bits, int colourType, int unfolded) {
        ByteBuffer header = ByteBuffer.allocate(13)
                .putInt(width)
                .putInt(height)
                .put((byte) bits)
                .put((byte) colourType);
        Deflater deflater = new Deflater();
        deflater.setInput(new byte[unfolded]);
        deflater.finish();
        byte[] data = new byte[unfolded / 500 + 64];
        int length = deflater.deflate(data);
        deflater.end();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(PNG_SIGNATURE);
        file.writeBytes(chunk("IHDR", header.array()));
        file.writeBytes(
                chunk("IDAT", ByteBuffer.allocate(length).put(data, 0, length).array()));
        file.writeBytes(chunk("IEND", new byte[0]));
        return file.toByteArray();
    }

    static byte[] chunk(String type, byte[] data) {
        ByteBuffer chunk = ByteBuffer.allocate(12 + data.length).putInt(data.length);
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 checksum = new CRC32();
        checksum.update(name);
        checksum.update(data);
        return chunk.put(name).put(data).putInt((int) checksum.getValue()).array();
    }

    /// `file` with `inserted` at `at`.
    static byte[] insert(byte[] file, int at, byte[] inserted) {
        return ByteBuffer.allocate(file.length + inserted.length)
                .put(file, 0, at)
                .put(inserted)
                .put(file, at, file.length - at)
                .array();
    }

    /// The JPEG with an EXIF segment that says how to turn it.
    static byte[] withOrientation(byte[] jpeg, int orientation) {
        byte[] block = exif(orientation);
        ByteBuffer segment = ByteBuffer.allocate(10 + block.length)
                .putShort((short) 0xFFE1)
                .putShort((short) (8 + block.length))
                .put("Exif\0\0".getBytes(StandardCharsets.US_ASCII))
                .put(block);
        return insert(jpeg, 2, segment.array());
    }

    /// A big-endian EXIF block with nothing but the orientation.
    static byte[] exif(int orientation) {
        return ByteBuffer.allocate(26)
                .put("MM\0*".getBytes(StandardCharsets.US_ASCII))
                .putInt(8)
                .putShort((short) 1)
                .putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .array();
    }

    /// A JPEG of four channels as Photoshop writes CMYK: inverted, with Adobe's marker.
    static byte[] adobeCmyk(Raster inverted) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(new IIOImage(inverted, null, null));
        } finally {
            writer.dispose();
        }
        return insert(bytes.toByteArray(), 2, ADOBE);
    }
}
