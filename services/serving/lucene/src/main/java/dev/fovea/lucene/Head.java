package dev.fovea.lucene;

import dev.fovea.vectorindex.MetadataValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.lucene.store.ByteArrayDataInput;
import org.apache.lucene.store.ByteBuffersDataOutput;
import org.apache.lucene.util.BytesRef;

/// What every answer needs of an entry, in one binary value: id and metadata.
///
/// Layout: id, number of fields, then for each its name, a byte for its type (0 text, 1 number, 2 time) and
/// its value (string, IEEE 754 bits, milliseconds since 1970); strings and longs as Lucene writes them.
record Head(String id, Map<String, MetadataValue> metadata) {

    private static final byte TEXT = 0;
    private static final byte NUMBER = 1;
    private static final byte TIME = 2;

    byte[] toBytes() {
        var out = new ByteBuffersDataOutput();
        try {
            out.writeString(id);
            out.writeVInt(metadata.size());
            for (Map.Entry<String, MetadataValue> field : metadata.entrySet()) {
                out.writeString(field.getKey());
                write(out, field.getValue());
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException("memory does not fail", impossible);
        }
        return out.toArrayCopy();
    }

    static Head of(BytesRef bytes) throws IOException {
        var in = new ByteArrayDataInput(bytes.bytes, bytes.offset, bytes.length);
        String id = in.readString();
        int fields = in.readVInt();
        Map<String, MetadataValue> metadata = HashMap.newHashMap(fields);
        for (int i = 0; i < fields; i++) {
            metadata.put(in.readString(), read(in));
        }
        return new Head(id, metadata);
    }

    private static void write(ByteBuffersDataOutput out, MetadataValue value) throws IOException {
        switch (value) {
            case MetadataValue.OfText(String text) -> {
                out.writeByte(TEXT);
                out.writeString(text);
            }
            case MetadataValue.OfNumber(double number) -> {
                out.writeByte(NUMBER);
                out.writeLong(Double.doubleToLongBits(number));
            }
            case MetadataValue.OfTime(Instant time) -> {
                out.writeByte(TIME);
                out.writeLong(time.toEpochMilli());
            }
        }
    }

    private static MetadataValue read(ByteArrayDataInput in) throws IOException {
        byte type = in.readByte();
        return switch (type) {
            case TEXT -> new MetadataValue.OfText(in.readString());
            case NUMBER -> new MetadataValue.OfNumber(Double.longBitsToDouble(in.readLong()));
            case TIME -> new MetadataValue.OfTime(Instant.ofEpochMilli(in.readLong()));
            default -> throw new IOException("an entry's head has a field of unknown type " + type);
        };
    }
}
