package dev.fovea.onnxruntime;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Writes small ONNX files field by field, so that this module's tests need no graph library, and so that files can be
/// wrong in ways that a library would not write.
///
/// Field numbers: onnx/onnx.proto of ONNX 1.19.
final class TinyOnnx {

    static final int FLOAT = 1;
    static final int UINT8 = 2;
    static final int INT64 = 7;
    static final int FLOAT16 = 10;

    private final Message graph = new Message().text(2, "tiny");
    private final Message metadata = new Message();

    /// @param dimensions -1 for the batch dimension
    TinyOnnx input(String name, int type, long... dimensions) {
        graph.message(11, value(name, type, dimensions));
        return this;
    }

    TinyOnnx output(String name, int type, long... dimensions) {
        graph.message(12, value(name, type, dimensions));
        return this;
    }

    TinyOnnx node(String operator, List<String> inputs, String output, Message... attributes) {
        var node = new Message();
        inputs.forEach(input -> node.text(1, input));
        node.text(2, output).text(4, operator);
        for (Message attribute : attributes) {
            node.message(5, attribute);
        }
        graph.message(1, node);
        return this;
    }

    TinyOnnx constant(String name, float... values) {
        var bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        graph.message(
                5,
                new Message()
                        .number(1, values.length)
                        .number(2, FLOAT)
                        .text(8, name)
                        .bytes(9, bytes.array()));
        return this;
    }

    /// A constant of `count` floats kept in another file.
    TinyOnnx externalConstant(String name, int count, String location) {
        graph.message(
                5,
                new Message()
                        .number(1, count)
                        .number(2, FLOAT)
                        .text(8, name)
                        .message(13, new Message().text(1, "location").text(2, location))
                        .number(14, 1));
        return this;
    }

    TinyOnnx metadata(String key, String value) {
        metadata.message(14, new Message().text(1, key).text(2, value));
        return this;
    }

    byte[] bytes() {
        return new Message()
                .number(1, 8)
                .message(7, graph)
                .message(8, new Message().number(2, 17))
                .append(metadata)
                .bytes();
    }

    static Message number(String name, long value) {
        return new Message().text(1, name).number(3, value).number(20, 2);
    }

    static Message numbers(String name, long value) {
        return new Message().text(1, name).number(8, value).number(20, 7);
    }

    private static Message value(String name, int type, long[] dimensions) {
        var shape = new Message();
        for (long size : dimensions) {
            shape.message(1, size < 0 ? new Message().text(2, "N") : new Message().number(1, size));
        }
        var tensor = new Message().number(1, type).message(2, shape);
        return new Message().text(1, name).message(2, new Message().message(1, tensor));
    }

    /// Protocol buffer wire format.
    static final class Message {

        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Message number(int field, long value) {
            varint((long) field << 3);
            varint(value);
            return this;
        }

        Message text(int field, String value) {
            return bytes(field, value.getBytes(StandardCharsets.UTF_8));
        }

        Message message(int field, Message value) {
            return bytes(field, value.bytes());
        }

        Message bytes(int field, byte[] value) {
            varint(((long) field << 3) | 2);
            varint(value.length);
            out.writeBytes(value);
            return this;
        }

        Message append(Message other) {
            out.writeBytes(other.bytes());
            return this;
        }

        byte[] bytes() {
            return out.toByteArray();
        }

        private void varint(long value) {
            long rest = value;
            while ((rest & ~0x7FL) != 0) {
                out.write((int) ((rest & 0x7F) | 0x80));
                rest >>>= 7;
            }
            out.write((int) rest);
        }
    }
}
