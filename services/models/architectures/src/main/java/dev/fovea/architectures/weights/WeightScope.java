package dev.fovea.architectures.weights;

import dev.fovea.onnx.Value;
import dev.fovea.onnx.shape.Shape;
import java.util.function.UnaryOperator;

/// A name prefix in a weight source, through which a layer takes its tensors.
///
/// A tensor that is missing or has other sizes is noted and replaced by zeros, so that one build lists
/// every mismatch: [#requireAllUsedAndFound].
public final class WeightScope {

    private final WeightLedger ledger;
    private final String prefix;
    private final UnaryOperator<String> naming;

    private WeightScope(WeightLedger ledger, String prefix, UnaryOperator<String> naming) {
        this.ledger = ledger;
        this.prefix = prefix;
        this.naming = naming;
    }

    /// The root: names as the source has them.
    public static WeightScope of(WeightSource source) {
        return new WeightScope(new WeightLedger(source), "", UnaryOperator.identity());
    }

    /// @param name a part of dotted names: `layer1` or `features.0`; empty for this scope itself
    public WeightScope scope(String name) {
        return name.isEmpty() ? this : new WeightScope(ledger, prefix + name + ".", naming);
    }

    public WeightScope scope(int index) {
        return scope(String.valueOf(index));
    }

    /// This scope for a source that names things otherwise than the network does.
    ///
    /// @param names from a name below this scope, `layer1.0.conv1.weight`, to the source's, also below this
    ///     scope
    public WeightScope renamed(UnaryOperator<String> names) {
        return new WeightScope(ledger, "", name -> full(names.apply(name)));
    }

    /// The numbers of a tensor, row major.
    public float[] values(String name, long... sizes) {
        return ledger.values(full(name), sizes);
    }

    /// A tensor as a constant of a graph, under its full name; the same constant when asked for again.
    ///
    /// @param user whose graph and element type the constant takes
    public Value tensor(Value user, String name, long... sizes) {
        String full = full(name);
        return ledger.constant(user, full, () -> ledger.values(full, sizes), Shape.of(sizes));
    }

    /// Notes that the network does without a tensor, or all tensors below that name, which published files
    /// hold: the classifier of its training, say. A source need not have them.
    public void leave(String name) {
        ledger.leave(full(name));
    }

    /// To be called when the network is built.
    ///
    /// @throws WeightsException listing every tensor that is missing, unused or misshapen
    public void requireAllUsedAndFound() {
        ledger.requireAllUsedAndFound();
    }

    private String full(String name) {
        return naming.apply(prefix + name);
    }
}
