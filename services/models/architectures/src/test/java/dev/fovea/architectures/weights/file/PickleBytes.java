package dev.fovea.architectures.weights.file;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Writes pickles of protocol 2 as CPython does for `torch.save`: names and repeated texts through the memo.
final class PickleBytes {

    private static final int BINPUT = 'q';
    private static final int BINGET = 'h';

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Map<String, Integer> known = new HashMap<>();
    private int memo;

    PickleBytes() {
        op(0x80, 2);
    }

    /// A tensor as a checkpoint declares it.
    record Declared(
            String name, String type, String key, long stored, long offset, List<Long> sizes, List<Long> strides) {

        static Declared of(String name, String type, String key, long stored, List<Long> sizes) {
            return new Declared(
                    name, type, key, stored, 0, sizes, Layout.rowMajor(0, sizes).strides());
        }

        Declared at(long newOffset, List<Long> newStrides) {
            return new Declared(name, type, key, stored, newOffset, sizes, newStrides);
        }
    }

    byte[] stop() {
        op('.');
        return out.toByteArray();
    }

    PickleBytes op(int... codes) {
        for (int code : codes) {
            out.write(code);
        }
        return this;
    }

    PickleBytes raw(String latin1) {
        out.writeBytes(latin1.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    PickleBytes little(int width, long value) {
        byte[] bytes = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
        out.write(bytes, 0, width);
        return this;
    }

    /// Puts the top of the stack into the memo.
    PickleBytes keep() {
        return memo < 256 ? op(BINPUT, memo++) : op('r').little(4, memo++);
    }

    private boolean recall(String subject) {
        Integer number = known.putIfAbsent(subject, memo);
        if (number == null) {
            return false;
        }
        if (number < 256) {
            op(BINGET, number);
        } else {
            op('j').little(4, number);
        }
        return true;
    }

    PickleBytes global(String module, String name) {
        return recall(module + "\n" + name)
                ? this
                : raw("c" + module + "\n" + name + "\n").keep();
    }

    PickleBytes text(String text) {
        if (recall(text)) {
            return this;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        op('X').little(4, bytes.length);
        out.writeBytes(bytes);
        return keep();
    }

    PickleBytes whole(long value) {
        if (value >= 0 && value < 256) {
            return op('K', (int) value);
        }
        if (value >= 0 && value < 65536) {
            return op('M').little(2, value);
        }
        return value == (int) value ? op('J').little(4, value) : op(0x8A, 8).little(8, value);
    }

    PickleBytes wholes(List<Long> values) {
        if (values.isEmpty()) {
            return op(')');
        }
        if (values.size() > 3) {
            op('(');
        }
        values.forEach(this::whole);
        return op(values.size() > 3 ? 't' : 0x84 + values.size()).keep();
    }

    PickleBytes orderedDict() {
        return global("collections", "OrderedDict").op(')', 'R').keep();
    }

    PickleBytes tensor(Declared tensor) {
        global("torch._utils", "_rebuild_tensor_v2").op('(').storage(tensor);
        whole(tensor.offset()).wholes(tensor.sizes()).wholes(tensor.strides());
        return op(0x89).orderedDict().op('t').keep().op('R').keep();
    }

    PickleBytes storage(Declared tensor) {
        op('(').text("storage")
                .global("torch", tensor.type())
                .text(tensor.key())
                .text("cpu");
        return whole(tensor.stored()).op('t').keep().op('Q');
    }

    PickleBytes stateDictionary(List<Declared> tensors) {
        orderedDict();
        if (tensors.size() > 1) {
            op('(');
        }
        tensors.forEach(tensor -> text(tensor.name()).tensor(tensor));
        op(tensors.size() > 1 ? 'u' : 's');
        return op('}').keep().text("_metadata").orderedDict().op('s', 'b');
    }

    static byte[] checkpoint(Declared... tensors) {
        return new PickleBytes().stateDictionary(List.of(tensors)).stop();
    }
}
