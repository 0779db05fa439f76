package dev.fovea.architectures.weights.pickle;

import dev.fovea.architectures.weights.WeightsException;
import dev.fovea.architectures.weights.bytes.ByteReader;

/// Where one pickle is being read, and how much work it may still cause.
///
/// Owned by one thread.
final class Cursor {

    /// A ResNet-152 with its optimizer takes about 10^5.
    static final int MAX_STEPS = 1_000_000;

    static final long MAX_BYTES = 64L << 20;

    private final ByteReader in;
    private final long start;
    private long opcodeAt;
    private int steps;

    Cursor(ByteReader in) {
        this.in = in;
        this.start = in.position();
    }

    ByteReader in() {
        return in;
    }

    /// The next opcode's byte.
    int opcode() {
        opcodeAt = in.position();
        if (opcodeAt - start > MAX_BYTES) {
            throw error("the pickle is longer than " + MAX_BYTES + " bytes");
        }
        spend(1);
        return in.unsigned();
    }

    /// @param count of values made or copied by one opcode
    void spend(int count) {
        steps += count;
        if (steps > MAX_STEPS) {
            throw error("the pickle takes more than " + MAX_STEPS + " steps");
        }
    }

    /// The error, with the position of the opcode that caused it.
    WeightsException error(String problem) {
        return in.error("pickle at byte " + opcodeAt + ": " + problem);
    }
}
