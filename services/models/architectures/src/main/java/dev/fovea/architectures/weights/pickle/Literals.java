package dev.fovea.architectures.weights.pickle;

import dev.fovea.architectures.weights.bytes.ByteReader;
import dev.fovea.architectures.weights.pickle.PickleValue.Huge;
import dev.fovea.architectures.weights.pickle.PickleValue.Opaque;
import dev.fovea.architectures.weights.pickle.PickleValue.Text;
import dev.fovea.architectures.weights.pickle.PickleValue.Whole;
import java.math.BigInteger;

/// Numbers and texts that stand in the pickle itself.
final class Literals {

    static final int MAX_TEXT = 1 << 20;
    static final int MAX_INTEGER = 255;
    static final int MAX_LINE = 4096;

    private final Cursor cursor;
    private final ByteReader in;

    Literals(Cursor cursor) {
        this.cursor = cursor;
        this.in = cursor.in();
    }

    PickleValue unsigned(int width) {
        return new Whole(in.littleEndian(width));
    }

    PickleValue signed32() {
        return new Whole((int) in.littleEndian(4));
    }

    /// Two's complement, least significant byte first.
    PickleValue integer(int lengthWidth) {
        long length = in.littleEndian(lengthWidth);
        if (length > MAX_INTEGER) {
            throw cursor.error("an integer of " + length + " bytes, at most " + MAX_INTEGER + " are read");
        }
        byte[] bytes = in.bytes((int) length);
        for (int i = 0; i < bytes.length / 2; i++) {
            byte swapped = bytes[i];
            bytes[i] = bytes[bytes.length - 1 - i];
            bytes[bytes.length - 1 - i] = swapped;
        }
        return bytes.length == 0 ? new Whole(0) : whole(new BigInteger(bytes));
    }

    /// `12`, `12L`, or a truth value as `01`.
    PickleValue decimal() {
        String line = in.line(MAX_INTEGER);
        String digits = line.endsWith("L") ? line.substring(0, line.length() - 1) : line;
        try {
            return whole(new BigInteger(digits));
        } catch (NumberFormatException e) {
            throw cursor.error("\"" + line + "\" is no integer");
        }
    }

    PickleValue text(int lengthWidth) {
        long length = in.littleEndian(lengthWidth);
        if (length < 0 || length > MAX_TEXT) {
            throw cursor.error(
                    "a text of " + Long.toUnsignedString(length) + " bytes, at most " + MAX_TEXT + " are read");
        }
        return new Text(in.text((int) length));
    }

    /// A text on a line of its own, as protocol 0 has it; escapes are left as they stand.
    PickleValue textLine(boolean quoted) {
        String line = in.line(MAX_LINE);
        if (!quoted) {
            return new Text(line);
        }
        if (line.length() < 2 || line.charAt(0) != line.charAt(line.length() - 1)) {
            throw cursor.error("a text without quotes");
        }
        return new Text(line.substring(1, line.length() - 1));
    }

    /// Bytes are training state; they are passed over.
    PickleValue skipped(int lengthWidth) {
        return skipped(in.littleEndian(lengthWidth), "bytes");
    }

    PickleValue skipped(long length, String what) {
        in.skip(length);
        return new Opaque(what);
    }

    PickleValue realLine() {
        in.line(MAX_LINE);
        return new Opaque("real");
    }

    private static PickleValue whole(BigInteger value) {
        return value.bitLength() < Long.SIZE ? new Whole(value.longValue()) : new Huge(value);
    }
}
