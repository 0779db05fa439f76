package dev.fovea.architectures.siftnet;

import static dev.fovea.onnx.op.Elementwise.abs;
import static dev.fovea.onnx.op.Elementwise.add;
import static dev.fovea.onnx.op.Elementwise.div;
import static dev.fovea.onnx.op.Elementwise.less;
import static dev.fovea.onnx.op.Elementwise.mul;
import static dev.fovea.onnx.op.Elementwise.sub;
import static dev.fovea.onnx.op.Elementwise.where;

import dev.fovea.onnx.Graph;
import dev.fovea.onnx.Value;

/// The angle of a gradient without Atan2, which ONNX has not, or Atan, which ONNX Runtime's CUDA provider
/// has not.
///
/// It comes from the half angle: `t = y / (|g| + |x|)` is its tangent, within [-1, 1] and defined wherever
/// `|g|` or x is not zero; a polynomial of t gives the angle `a` of the gradient with x made positive.
///
/// @param x horizontal gradient, never zero where y is not
/// @param y vertical gradient
/// @param norm length of (x, y)
record AngleSteps(Value x, Value y, Value norm) {

    /// Terms of the polynomial: 7 are right to 3e-7 rad, 2e-6 of a descriptor's largest entry.
    private static final int FAST_TERMS = 7;
    /// To 7e-9 rad, so that only float32 rounds.
    private static final int EXACT_TERMS = 9;

    private static final double TURN = 2 * Math.PI;

    /// In units of bins, from -A/4 to 3A/4: for x < 0 the angle is half a turn less `a`.
    Value inBins(int bins) {
        Value right = angle(FAST_TERMS, bins / TURN);
        return where(negative(x), sub(scalar(bins / 2.0), right), right);
    }

    /// In units of bins, from A/2 to 3A/2, rounded where the published code rounds: `(atan2 + 2 pi) / (2
    /// pi) A`, each step in float32. Angles at the borders of bins are common in photographs of 8 bits, and
    /// RootSIFT shows which side of the border they were rounded to.
    Value inBinsAsPublished(int bins) {
        Value right = angle(EXACT_TERMS, 1);
        Value halfTurn = where(negative(y), scalar(-Math.PI), scalar(Math.PI));
        Value radians = where(negative(x), sub(halfTurn, right), right);
        return mul(div(add(radians, scalar(TURN)), scalar(TURN)), scalar(bins));
    }

    /// Angle of (|x|, y), between a quarter turn down and up, times a scale.
    private Value angle(int terms, double scale) {
        Value half = div(y, add(norm, abs(x)));
        Value square = mul(half, half);
        double[] coefficients = ArcTangent.coefficients(terms);
        Value sum = scalar(coefficients[terms - 1] * 2 * scale);
        for (int term = terms - 2; term >= 0; term--) {
            sum = add(mul(square, sum), scalar(coefficients[term] * 2 * scale));
        }
        return mul(half, sum);
    }

    private Value negative(Value value) {
        return less(value, scalar(0));
    }

    private Value scalar(double value) {
        Graph graph = x.graph();
        return graph.scalar((float) value);
    }
}
