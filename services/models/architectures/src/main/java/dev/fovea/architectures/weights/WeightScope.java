package dev.fovea.architectures.weights;

import dev.fovea.onnx.Value;
import dev.fovea.onnx.shape.Shape;

/// A name prefix in a weight source, through which a layer takes its tensors.
///
/// A tensor that is missing or has other sizes is noted and replaced by zeros, so that one build lists every
/// mismatch: [#requireAllUsedAndFound].
public final class WeightScope {

    private final WeightLedger ledger;
    private final String prefix;

    private WeightScope(WeightLedger ledger, String prefix) {
        this.ledger = ledger;
        this.prefix = prefix;
    }

    /// The root: names as the source has them.
    public static WeightScope of(WeightSource source) {
        return new WeightScope(new WeightLedger(source), "");
    }

    /// @param name a part of dotted names: `layer1` or `features.0`; empty for this scope itself
    public WeightScope scope(String name) {
        return name.isEmpty() ? this : new WeightScope(ledger, prefix + name + ".");
    }

    public WeightScope scope(int index) {
        return scope(String.valueOf(index));
    }

    /// The numbers of a tensor, row major.
    public float[] values(String name, long... sizes) {
        return ledger.values(prefix + name, sizes);
    }

    /// A tensor as a constant of a graph, under its full name; the same constant when asked for again.
    ///
    /// @param user whose graph and element type the constant takes
    public Value tensor(Value user, String name, long... sizes) {
        String full = prefix + name;
        return ledger.constant(user, full, () -> ledger.values(full, sizes), Shape.of(sizes));
    }

    /// To be called when the network is built.
    ///
    /// @throws WeightsException listing every tensor that is missing, unused or misshapen
    public void requireAllUsedAndFound() {
        ledger.requireAllUsedAndFound();
    }
}
