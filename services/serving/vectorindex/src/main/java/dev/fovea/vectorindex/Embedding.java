package dev.fovea.vectorindex;

import dev.fovea.inference.failure.InvalidInput;
import java.util.Arrays;

/// A vector of unit L2 norm, or [#NONE]. Immutable.
public final class Embedding {

    /// Where no vector was asked for.
    public static final Embedding NONE = new Embedding(new float[0]);

    private final float[] values;

    private Embedding(float[] values) {
        this.values = values;
    }

    /// Scales to unit norm, in float64.
    ///
    /// @throws InvalidInput `EMBEDDING_INVALID` if a value is not finite or all are 0
    public static Embedding normalized(float[] values) {
        double squares = 0;
        for (float value : values) {
            squares += (double) value * value;
        }
        if (!(squares > 0 && squares < Double.POSITIVE_INFINITY)) {
            throw new InvalidInput(
                    "EMBEDDING_INVALID",
                    "an embedding must be finite and not zero, its squares sum to " + squares,
                    squares,
                    "above 0, finite");
        }
        double norm = Math.sqrt(squares);
        float[] unit = new float[values.length];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = (float) (values[i] / norm);
        }
        return new Embedding(unit);
    }

    /// Takes a vector that has unit norm already, up to rounding; the array must not be changed afterwards.
    public static Embedding ofUnitNorm(float[] values) {
        return new Embedding(values);
    }

    /// 0 of [#NONE].
    public int dimension() {
        return values.length;
    }

    /// A copy.
    public float[] toArray() {
        return values.clone();
    }

    /// The values themselves, for engines that copy them anyway; not to be changed.
    public float[] lent() {
        return values;
    }

    /// Inner product, summed in float64.
    public double dot(Embedding other) {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += (double) values[i] * other.values[i];
        }
        return sum;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Embedding embedding && Arrays.equals(values, embedding.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "embedding of dimension " + values.length;
    }
}
