package dev.fovea.architectures.weights.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Checkpoint files as `torch.save` lays them out, around pickles made by [PickleBytes].
final class TorchFiles {

    private TorchFiles() {}

    /// The entries that today's PyTorch writes, in its order.
    static ZipBytes zip(byte[] pickle, Map<String, byte[]> storages) {
        ZipBytes zip = new ZipBytes()
                .add("archive/data.pkl", pickle)
                .add("archive/.format_version", "1")
                .add("archive/.storage_alignment", "64")
                .add("archive/byteorder", "little");
        new TreeMap<>(storages).forEach((key, bytes) -> zip.add("archive/data/" + key, bytes));
        return zip.add("archive/version", "3\n")
                .add("archive/.data/serialization_id", "0123456789012345678901234567890123456789");
    }

    /// @param stored key, width in bytes of an element, and bytes, in the file's order
    static byte[] legacy(byte[] pickle, List<Stored> stored) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(new PickleBytes()
                .op(0x8A, 10)
                .little(8, 0xA86A_20F9_469C_FC6CL)
                .little(2, 0x1950)
                .stop());
        out.writeBytes(new PickleBytes().whole(1001).stop());
        out.writeBytes(new PickleBytes()
                .op('}')
                .keep()
                .text("little_endian")
                .op(0x88, 's')
                .stop());
        out.writeBytes(pickle);
        PickleBytes keys = new PickleBytes().op(']').keep().op('(');
        stored.forEach(storage -> keys.text(storage.key()));
        out.writeBytes(keys.op('e').stop());
        for (Stored storage : stored) {
            out.writeBytes(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(storage.elements())
                    .array());
            out.writeBytes(storage.bytes().array());
        }
        return out.toByteArray();
    }

    /// One storage of a legacy file.
    record Stored(String key, long elements, ByteBuffer bytes) {

        static Stored floats(String key, float... values) {
            return new Stored(key, values.length, ByteBuffer.wrap(TorchFiles.floats(values)));
        }
    }

    static byte[] floats(float... values) {
        return floats(ByteOrder.LITTLE_ENDIAN, values);
    }

    static byte[] floats(ByteOrder order, float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(order);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    static Path write(Path folder, String name, byte[] bytes) {
        try {
            return Files.write(folder.resolve(name), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
