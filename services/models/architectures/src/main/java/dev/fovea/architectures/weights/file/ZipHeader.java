package dev.fovea.architectures.weights.file;

import dev.fovea.architectures.weights.bytes.ByteReader;

/// What a zip archive's directory says of one entry.
///
/// @param method of compression
/// @param compressed bytes in the file
/// @param size bytes of content
/// @param local position of the entry's own header
record ZipHeader(String name, int flags, int method, long compressed, long size, long local) {

    private static final long IN_ZIP64 = 0xFFFF_FFFFL;
    private static final int ZIP64_FIELD = 1;

    /// Reads one entry of the directory and leaves the reader at the next.
    static ZipHeader read(ByteReader in, long signature) {
        if (in.littleEndian(4) != signature) {
            throw in.error("the zip archive's directory is damaged");
        }
        in.skip(4);
        int flags = (int) in.littleEndian(2);
        int method = (int) in.littleEndian(2);
        in.skip(8);
        long compressed = in.littleEndian(4);
        long size = in.littleEndian(4);
        int nameLength = (int) in.littleEndian(2);
        int extraLength = (int) in.littleEndian(2);
        int commentLength = (int) in.littleEndian(2);
        in.skip(8);
        long local = in.littleEndian(4);
        var header = new ZipHeader(in.text(nameLength), flags, method, compressed, size, local);
        header = header.withExtra(in, extraLength);
        in.skip(commentLength);
        return header;
    }

    private ZipHeader withExtra(ByteReader in, int length) {
        ZipHeader header = this;
        long end = in.position() + length;
        while (end - in.position() >= 4) {
            int id = (int) in.littleEndian(2);
            long fieldEnd = in.littleEndian(2);
            fieldEnd += in.position();
            if (fieldEnd > end) {
                throw in.error("zip entry \"" + name + "\" has a damaged extra field");
            }
            header = id == ZIP64_FIELD ? header.withZip64(in, fieldEnd) : header;
            in.skip(fieldEnd - in.position());
        }
        in.skip(end - in.position());
        return header;
    }

    /// Those numbers that did not fit 32 bits, in this order.
    private ZipHeader withZip64(ByteReader in, long end) {
        long bigSize = size == IN_ZIP64 ? next(in, end) : size;
        long bigCompressed = compressed == IN_ZIP64 ? next(in, end) : compressed;
        long bigLocal = local == IN_ZIP64 ? next(in, end) : local;
        return new ZipHeader(name, flags, method, bigCompressed, bigSize, bigLocal);
    }

    private long next(ByteReader in, long end) {
        if (end - in.position() < Long.BYTES) {
            throw in.error("zip entry \"" + name + "\" has a damaged zip64 field");
        }
        long value = in.littleEndian(8);
        if (value < 0) {
            throw in.error("zip entry \"" + name + "\" declares " + Long.toUnsignedString(value) + " bytes");
        }
        return value;
    }
}
