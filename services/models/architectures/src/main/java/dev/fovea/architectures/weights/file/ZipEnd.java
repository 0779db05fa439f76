package dev.fovea.architectures.weights.file;

import dev.fovea.architectures.weights.bytes.ByteReader;
import dev.fovea.architectures.weights.bytes.FileBytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Where a zip archive's directory lies.
///
/// @param start position in the file
record ZipEnd(long entries, long start, long size) {

    private static final int RECORD = 22;
    private static final int LOCATOR = 20;
    private static final int MAX_COMMENT = 0xFFFF;
    private static final int SIGNATURE = 0x06054B50;
    private static final int LOCATOR_SIGNATURE = 0x07064B50;
    private static final long ZIP64_SIGNATURE = 0x06064B50L;

    /// Looks backwards from the file's end: a comment of any length may follow the record.
    static ZipEnd find(FileBytes file) {
        int length = (int) Math.min(file.size(), RECORD + LOCATOR + MAX_COMMENT);
        ByteBuffer tail;
        try (ByteReader in = ByteReader.open(file, file.size() - length)) {
            tail = ByteBuffer.wrap(in.bytes(length)).order(ByteOrder.LITTLE_ENDIAN);
        }
        for (int at = length - RECORD; at >= 0; at--) {
            if (tail.getInt(at) == SIGNATURE && at + RECORD + Short.toUnsignedInt(tail.getShort(at + 20)) <= length) {
                return at >= LOCATOR && tail.getInt(at - LOCATOR) == LOCATOR_SIGNATURE
                        ? zip64(file, tail.getLong(at - LOCATOR + 8))
                        : plain(tail, at);
            }
        }
        throw file.error("truncated: a zip archive without its directory");
    }

    private static ZipEnd plain(ByteBuffer tail, int at) {
        return new ZipEnd(
                Short.toUnsignedLong(tail.getShort(at + 10)),
                Integer.toUnsignedLong(tail.getInt(at + 16)),
                Integer.toUnsignedLong(tail.getInt(at + 12)));
    }

    private static ZipEnd zip64(FileBytes file, long position) {
        try (ByteReader in = ByteReader.open(file, position)) {
            if (in.littleEndian(4) != ZIP64_SIGNATURE) {
                throw file.error("zip archive without its zip64 directory at byte " + position);
            }
            in.skip(28);
            long entries = in.littleEndian(8);
            long size = in.littleEndian(8);
            return new ZipEnd(entries < 0 ? Long.MAX_VALUE : entries, in.littleEndian(8), size);
        }
    }
}
