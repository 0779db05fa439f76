package dev.fovea.architectures.weights.file;

import dev.fovea.architectures.weights.bytes.ByteReader;
import dev.fovea.architectures.weights.bytes.Bytes;
import dev.fovea.architectures.weights.bytes.ElementFormat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Numbers of one format in a row, in a file.
record StorageBytes(Bytes bytes, ElementFormat format, ByteOrder order) {

    private static final int CHUNK = 64 << 10;

    long elements() {
        return bytes.size() / format.width();
    }

    /// Elements as float32.
    float[] read(long from, int count) {
        float[] values = new float[count];
        byte[] chunk = new byte[(int) Math.min(CHUNK, (long) count * format.width())];
        try (ByteReader in = ByteReader.open(bytes, from * format.width())) {
            for (int done = 0; done < count; ) {
                int part = Math.min(count - done, chunk.length / format.width());
                in.read(chunk, part * format.width());
                format.decode(ByteBuffer.wrap(chunk, 0, part * format.width()).order(order), values, done);
                done += part;
            }
        }
        return values;
    }
}
