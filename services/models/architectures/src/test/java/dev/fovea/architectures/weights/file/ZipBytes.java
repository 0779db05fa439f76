package dev.fovea.architectures.weights.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/// Writes zip archives byte by byte, as PyTorch's own writer (miniz) does: entries stored, aligned to 64 bytes by
/// an extra field, sizes only in a descriptor after the content and in the directory. What it declares can be false.
final class ZipBytes {

    private static final int STREAMED_UTF8 = 0x0808;

    private final ByteBuffer out;
    private final List<Entry> entries = new ArrayList<>();
    private int entryCount = -1;

    ZipBytes() {
        this(1 << 16);
    }

    /// @param capacity bytes that the archive may take
    ZipBytes(int capacity) {
        out = ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
    }

    /// A line of the directory.
    record Entry(String name, int flags, int method, int crc, long compressed, long size, long local) {

        Entry sized(long newCompressed, long newSize) {
            return new Entry(name, flags, method, crc, newCompressed, newSize, local);
        }

        Entry at(long newLocal) {
            return new Entry(name, flags, method, crc, compressed, size, newLocal);
        }

        Entry named(String newName) {
            return new Entry(newName, flags, method, crc, compressed, size, local);
        }

        Entry as(int newFlags, int newMethod) {
            return new Entry(name, newFlags, newMethod, crc, compressed, size, local);
        }
    }

    ZipBytes add(String name, byte[] content) {
        return add(name, content, content, 0);
    }

    ZipBytes deflated(String name, byte[] content) {
        var deflater = new Deflater(9, true);
        deflater.setInput(content);
        deflater.finish();
        byte[] packed = new byte[content.length + 64];
        int length = deflater.deflate(packed);
        deflater.end();
        return add(name, java.util.Arrays.copyOf(packed, length), content, 8);
    }

    private ZipBytes add(String name, byte[] packed, byte[] content, int method) {
        var crc = new CRC32();
        crc.update(content);
        long local = out.position();
        byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
        int padding = Math.floorMod(-(out.position() + 34 + nameBytes.length), 64);
        out.putInt(0x04034B50)
                .putShort((short) 20)
                .putShort((short) STREAMED_UTF8)
                .putShort((short) method);
        out.putInt(0).putInt(0).putInt(0).putInt(0);
        out.putShort((short) nameBytes.length).putShort((short) (4 + padding)).put(nameBytes);
        out.putShort((short) 0x4246).putShort((short) padding).put(new byte[padding]);
        out.put(packed);
        out.putInt(0x08074B50)
                .putInt((int) crc.getValue())
                .putInt(packed.length)
                .putInt(content.length);
        entries.add(new Entry(name, STREAMED_UTF8, method, (int) crc.getValue(), packed.length, content.length, local));
        return this;
    }

    ZipBytes add(String name, String content) {
        return add(name, content.getBytes(StandardCharsets.UTF_8));
    }

    /// Changes what the directory says of the last entry.
    ZipBytes declare(java.util.function.UnaryOperator<Entry> change) {
        entries.set(entries.size() - 1, change.apply(entries.getLast()));
        return this;
    }

    /// A second line of the directory for the last entry.
    ZipBytes again(java.util.function.UnaryOperator<Entry> change) {
        entries.add(change.apply(entries.getLast()));
        return this;
    }

    ZipBytes counting(int declaredEntries) {
        entryCount = declaredEntries;
        return this;
    }

    byte[] bytes() {
        int start = out.position();
        entries.forEach(this::putDirectoryLine);
        int size = out.position() - start;
        short count = (short) (entryCount < 0 ? entries.size() : entryCount);
        out.putInt(0x06054B50)
                .putInt(0)
                .putShort(count)
                .putShort(count)
                .putInt(size)
                .putInt(start);
        out.putShort((short) 0);
        byte[] bytes = new byte[out.position()];
        out.get(0, bytes);
        return bytes;
    }

    /// The same with every number of the directory in zip64 fields, as archives over 4 GB have them.
    byte[] bytes64() {
        long start = out.position();
        entries.forEach(this::putDirectoryLine64);
        long size = out.position() - start;
        long end = out.position();
        out.putInt(0x06064B50)
                .putLong(44)
                .putShort((short) 45)
                .putShort((short) 45)
                .putInt(0)
                .putInt(0);
        out.putLong(entries.size()).putLong(entries.size()).putLong(size).putLong(start);
        out.putInt(0x07064B50).putInt(0).putLong(end).putInt(1);
        out.putInt(0x06054B50)
                .putInt(0)
                .putShort((short) -1)
                .putShort((short) -1)
                .putInt(-1)
                .putInt(-1);
        out.putShort((short) 0);
        byte[] bytes = new byte[out.position()];
        out.get(0, bytes);
        return bytes;
    }

    private void putDirectoryLine(Entry entry) {
        putLine(entry, (int) entry.compressed(), (int) entry.size(), (int) entry.local(), 0);
    }

    private void putDirectoryLine64(Entry entry) {
        putLine(entry, -1, -1, -1, 28);
        out.putShort((short) 1).putShort((short) 24);
        out.putLong(entry.size()).putLong(entry.compressed()).putLong(entry.local());
    }

    private void putLine(Entry entry, int compressed, int size, int local, int extra) {
        byte[] name = entry.name().getBytes(StandardCharsets.UTF_8);
        out.putInt(0x02014B50).putShort((short) 0).putShort((short) 20);
        out.putShort((short) entry.flags())
                .putShort((short) entry.method())
                .putInt(0)
                .putInt(entry.crc());
        out.putInt(compressed).putInt(size);
        out.putShort((short) name.length).putShort((short) extra).putShort((short) 0);
        out.putShort((short) 0).putShort((short) 0).putInt(0).putInt(local).put(name);
    }
}
