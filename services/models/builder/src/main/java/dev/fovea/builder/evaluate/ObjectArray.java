package dev.fovea.builder.evaluate;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A NumPy array of whole numbers and lists of them, which NumPy stores as a pickle.
///
/// Nothing in the file is run. Of pickle it knows lists, tuples and whole numbers, and skips over the few words that
/// say "an array of objects"; anything else is refused, as is a file above a few megabytes.
final class ObjectArray {

    private static final long MAX_BYTES = 16 << 20;
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final Pattern SHAPE = Pattern.compile("'shape': \\((\\d{1,9}), (\\d{1,9})\\)");
    private static final Object MARK = new Object();

    private final ByteBuffer in;
    private final Deque<Object> stack = new ArrayDeque<>();

    private ObjectArray(ByteBuffer in) {
        this.in = in;
    }

    /// The rows of an array of two dimensions.
    ///
    /// @throws IOException naming the file, if it is no such array
    static List<List<?>> read(Path file) throws IOException {
        long size = Files.size(file);
        if (size > MAX_BYTES) {
            throw new IOException(file + " has " + size + " bytes, above the limit of " + MAX_BYTES);
        }
        ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        try {
            byte[] magic = new byte[MAGIC.length];
            in.get(magic);
            int version = in.getShort();
            byte[] header = new byte[(version & 0xFF) == 1 ? in.getShort() & 0xFFFF : in.getInt()];
            in.get(header);
            Matcher shape = SHAPE.matcher(new String(header, StandardCharsets.ISO_8859_1));
            if (!java.util.Arrays.equals(magic, MAGIC) || !shape.find()) {
                throw new IllegalArgumentException("no NumPy array of two dimensions");
            }
            return rows(new ObjectArray(in).load(), Integer.parseInt(shape.group(1)), Integer.parseInt(shape.group(2)));
        } catch (BufferUnderflowException cut) {
            throw new IOException(file + " is cut off", cut);
        } catch (IllegalArgumentException | NegativeArraySizeException refused) {
            throw new IOException(file + ": " + refused.getMessage(), refused);
        }
    }

    private static List<List<?>> rows(List<?> cells, int rows, int columns) {
        if (cells.size() != (long) rows * columns) {
            throw new IllegalArgumentException(cells.size() + " cells do not fill " + rows + " x " + columns);
        }
        List<List<?>> result = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            result.add(List.copyOf(cells.subList(row * columns, (row + 1) * columns)));
        }
        return result;
    }

    /// The last list of the outermost level: the cells.
    private List<?> load() {
        List<?> last = List.of();
        while (true) {
            int opcode = in.get() & 0xFF;
            if (opcode == '.') {
                return last;
            }
            step(opcode);
            if (stack.peek() instanceof List<?> list) {
                last = list;
            }
        }
    }

    private void step(int opcode) {
        switch (opcode) {
            case 0x80, 'q' -> in.get(); // version; memo of one byte
            case 'r' -> in.getInt(); // memo of four bytes
            case 0x95 -> in.getLong(); // length of a frame
            case 0x94 -> {} // memo
            case 'c' -> {
                line();
                line();
                stack.push(opcode);
            }
            case 'K' -> stack.push(in.get() & 0xFF);
            case 'M' -> stack.push(in.getShort() & 0xFFFF);
            case 'J' -> stack.push(in.getInt());
            case 'U', 0x8C, 'C' -> skip(in.get() & 0xFF);
            case 'X', 'B', 'T' -> skip(in.getInt());
            case 'N', 0x88, 0x89 -> stack.push(MARK.toString());
            case '(' -> stack.push(MARK);
            case ']' -> stack.push(new ArrayList<>());
            case 'a' -> append(List.of(stack.pop()));
            case 'e' -> append(toMark());
            case ')' -> stack.push(List.of());
            case 0x85 -> tuple(1);
            case 0x86 -> tuple(2);
            case 0x87 -> tuple(3);
            case 't' -> stack.push(toMark());
            case 'R' -> stack.pop(); // the callee stands for what it would make
            case 'b' -> built();
            default ->
                throw new IllegalArgumentException("pickle opcode 0x" + Integer.toHexString(opcode)
                        + " is none of those that lists of whole numbers need");
        }
    }

    private void line() {
        while (in.get() != '\n') {}
    }

    private void skip(int bytes) {
        in.get(new byte[Math.min(bytes, in.remaining() + 1)]);
        stack.push(MARK.toString());
    }

    private void tuple(int size) {
        List<Object> items = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            items.addFirst(stack.pop());
        }
        stack.push(items);
    }

    private List<Object> toMark() {
        List<Object> items = new ArrayList<>();
        for (Object item = stack.pop(); item != MARK; item = stack.pop()) {
            items.addFirst(item);
        }
        return items;
    }

    @SuppressWarnings("unchecked") // every list on the stack was made here
    private void append(List<Object> items) {
        if (!(stack.peek() instanceof ArrayList<?> list)) {
            throw new IllegalArgumentException("the pickle appends to what is no list");
        }
        ((List<Object>) list).addAll(items);
    }

    /// The state of an array ends in the list of its cells; that of anything else is dropped.
    private void built() {
        Object state = stack.pop();
        if (state instanceof List<?> parts && !parts.isEmpty() && parts.getLast() instanceof List<?> cells) {
            stack.pop();
            stack.push(cells);
        }
    }
}
