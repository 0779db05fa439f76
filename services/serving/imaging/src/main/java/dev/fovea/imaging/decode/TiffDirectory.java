package dev.fovea.imaging.decode;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One image file directory of a TIFF structure, which EXIF blocks are too. Reads integers only, and trusts nothing.
///
/// Source: TIFF 6.0 specification, section 2.
final class TiffDirectory {

    static final int ORIENTATION = 0x0112;

    private static final int ENTRY_BYTES = 12;
    private static final int SHORT = 3;
    private static final int LONG = 4;

    private static final int MAX_VALUES = 16;

    private final Map<Integer, long[]> valuesByTag = new HashMap<>();
    private final Map<Integer, Integer> otherTypesByTag = new HashMap<>();

    private TiffDirectory() {}

    /// The first directory of the structure that starts at the block's beginning.
    ///
    /// @throws IndexOutOfBoundsException if the block ends too early
    static TiffDirectory first(ByteBuffer block) {
        ByteBuffer bytes = block.slice()
                .order(block.get(block.position()) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int at = position(bytes, Integer.toUnsignedLong(bytes.getInt(4)));
        TiffDirectory directory = new TiffDirectory();
        int entries = Short.toUnsignedInt(bytes.getShort(at));
        for (int i = 0; i < entries; i++) {
            directory.readEntry(bytes, at + Short.BYTES + i * ENTRY_BYTES);
        }
        return directory;
    }

    /// The orientation of an EXIF block; 1, upright, if the block does not say or is broken.
    static int orientation(ByteBuffer block) {
        try {
            return first(block).orientation();
        } catch (IndexOutOfBoundsException broken) {
            return 1;
        }
    }

    int orientation() {
        long value = value(ORIENTATION).orElse(1L);
        return value >= 1 && value <= 8 ? (int) value : 1;
    }

    /// The first value of `tag`, if it is there and an integer.
    Optional<Long> value(int tag) {
        return Optional.ofNullable(valuesByTag.get(tag)).map(values -> values[0]);
    }

    /// A reader may honour a value that is written in an unusual type; no limit would have seen it.
    ///
    /// @throws dev.fovea.inference.failure.InvalidInput if one of `tags` is neither SHORT nor LONG
    void requireReadable(Set<Integer> tags) {
        otherTypesByTag.forEach((tag, type) -> {
            if (tags.contains(tag)) {
                throw ImageHeader.undecodable("TIFF tag " + tag + " is of type " + type + ", neither SHORT nor LONG");
            }
        });
    }

    private void readEntry(ByteBuffer bytes, int at) {
        int tag = Short.toUnsignedInt(bytes.getShort(at));
        int type = Short.toUnsignedInt(bytes.getShort(at + 2));
        long count = Integer.toUnsignedLong(bytes.getInt(at + 4));
        if (count == 0 || (type != SHORT && type != LONG)) {
            otherTypesByTag.put(tag, type);
            return;
        }
        int width = type == SHORT ? Short.BYTES : Integer.BYTES;
        boolean inline = count * width <= Integer.BYTES;
        int from = inline ? at + 8 : position(bytes, Integer.toUnsignedLong(bytes.getInt(at + 8)));
        long[] values = new long[(int) Math.min(count, MAX_VALUES)];
        for (int i = 0; i < values.length; i++) {
            values[i] = type == SHORT
                    ? Short.toUnsignedLong(bytes.getShort(from + i * width))
                    : Integer.toUnsignedLong(bytes.getInt(from + i * width));
        }
        valuesByTag.putIfAbsent(tag, values);
    }

    private static int position(ByteBuffer bytes, long offset) {
        if (offset > bytes.capacity()) {
            throw new IndexOutOfBoundsException("offset " + offset);
        }
        return (int) offset;
    }
}
