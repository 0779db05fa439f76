package dev.fovea.architectures.weights.pickle;

import dev.fovea.architectures.weights.WeightsException;
import dev.fovea.architectures.weights.bytes.ByteReader;
import dev.fovea.architectures.weights.pickle.PickleValue.Callable;
import dev.fovea.architectures.weights.pickle.PickleValue.Entries;
import dev.fovea.architectures.weights.pickle.PickleValue.Items;
import dev.fovea.architectures.weights.pickle.PickleValue.Opaque;
import dev.fovea.architectures.weights.pickle.PickleValue.Whole;
import java.util.List;
import java.util.Optional;

/// Reads one pickle, opcode by opcode, as far as PyTorch's checkpoints use them.
///
/// Guarantees: nothing that the pickle names is run or loaded ([Constructor] lists what it may name);
/// memory and time are bounded by [Cursor#MAX_STEPS], [Cursor#MAX_BYTES] and the limits of the parts; the
/// answer holds no cycle.
///
/// Source: Python's `Lib/pickletools.py` and `pickle.py`; PyTorch's `torch/serialization.py`,
/// `torch/_utils.py`.
public final class PickleMachine {

    private static final int NEWEST_PROTOCOL = 5;
    private static final Opcode[] BY_CODE = byCode();

    private final Cursor cursor;
    private final ValueStack stack;
    private final Memo memo;
    private final Literals literals;
    private final Calls calls;
    private Opcode current = Opcode.STOP;

    private PickleMachine(ByteReader in) {
        this.cursor = new Cursor(in);
        this.stack = new ValueStack(cursor);
        this.memo = new Memo(cursor);
        this.literals = new Literals(cursor);
        this.calls = new Calls(cursor, stack);
    }

    /// Reads the pickle that begins where the reader stands, and leaves the reader behind it.
    ///
    /// @throws WeightsException if it is truncated, names what is not allowed, or breaks a limit; the
    ///     message says where
    public static PickleDocument read(ByteReader in) {
        var machine = new PickleMachine(in);
        PickleValue root = machine.run();
        Structure.requireBounded(root, machine.cursor);
        return new PickleDocument(root, machine.calls.storages());
    }

    private PickleValue run() {
        do {
            current = decode(cursor.opcode());
            current.run(this);
        } while (current != Opcode.STOP);
        return stack.pop();
    }

    private Opcode decode(int code) {
        return Optional.ofNullable(BY_CODE[code])
                .orElseThrow(() -> cursor.error(String.format("0x%02x is no opcode", code)));
    }

    private static Opcode[] byCode() {
        Opcode[] table = new Opcode[256];
        for (Opcode opcode : Opcode.values()) {
            table[opcode.code()] = opcode;
        }
        return table;
    }

    ValueStack stack() {
        return stack;
    }

    Memo memo() {
        return memo;
    }

    Literals literals() {
        return literals;
    }

    Calls calls() {
        return calls;
    }

    void push(PickleValue value) {
        stack.push(value);
    }

    void protocol() {
        int protocol = cursor.in().unsigned();
        if (protocol > NEWEST_PROTOCOL) {
            throw cursor.error("pickle protocol " + protocol + " is newer than " + NEWEST_PROTOCOL);
        }
    }

    void frame() {
        long length = cursor.in().littleEndian(8);
        if (length < 0 || length > cursor.in().remaining()) {
            throw cursor.error("a frame of " + Long.toUnsignedString(length) + " bytes leaves the file");
        }
    }

    WeightsException refusal() {
        return cursor.error("opcode " + current + " is not allowed in a checkpoint");
    }

    /// A name spelt out in the pickle.
    void global() {
        String module = cursor.in().line(Literals.MAX_LINE);
        String name = cursor.in().line(Literals.MAX_LINE);
        Callable callable = named(module, name);
        if (current == Opcode.INST) {
            throw refusal();
        }
        push(callable);
    }

    void globalOnStack() {
        String name = stack.popText("a constructor's name");
        String module = stack.popText("a constructor's module");
        push(named(module, name));
    }

    private Callable named(String module, String name) {
        String full = module + "." + name;
        return new Callable(Constructor.named(full)
                .orElseThrow(() -> cursor.error("refers to " + printable(full)
                        + ", which is not among the constructors that a checkpoint needs; nothing was run;"
                        + " of a whole model save the state_dict() instead")));
    }

    private static String printable(String text) {
        String safe = text.replaceAll("[^\\x20-\\x7E]", "?");
        return safe.length() > 200 ? safe.substring(0, 200) + "..." : safe;
    }

    void memoise(PickleValue number) {
        memo.put(index(number), stack.peek());
    }

    void recall(PickleValue number) {
        push(memo.get(index(number)));
    }

    private long index(PickleValue number) {
        if (number instanceof Whole(long index) && index >= 0) {
            return index;
        }
        throw cursor.error("a memo entry's number is no index");
    }

    /// To the list that is then on top of the stack.
    void append(List<PickleValue> values) {
        switch (stack.peek()) {
            case Items items -> values.forEach(items::add);
            case Opaque ignored -> {}
            case PickleValue other -> throw cursor.error("appends to what is no list");
        }
    }

    /// To the dictionary that is then on top of the stack.
    ///
    /// @param pairs keys and values in turn
    void put(List<PickleValue> pairs) {
        switch (stack.peek()) {
            case Entries entries -> calls.put(entries, pairs);
            case Opaque ignored -> {}
            case PickleValue other -> throw cursor.error("sets an entry of what is no dictionary");
        }
    }
}
