package dev.fovea.architectures.weights;

import dev.fovea.onnx.shape.Shape;

/// A tensor whose numbers are in memory: fitted ones, on their way to a file or a graph.
public final class HeldTensor implements WeightTensor {

    private final Shape shape;
    private final float[] values;

    private HeldTensor(Shape shape, float[] values) {
        this.shape = shape;
        this.values = values;
    }

    /// @param values row major; copied
    /// @throws WeightsException if the sizes do not make as many elements
    public static HeldTensor of(float[] values, long... sizes) {
        Shape shape = Shape.of(sizes);
        if (shape.fixedElements() != values.length) {
            throw new WeightsException(values.length + " values are no tensor of shape " + shape);
        }
        return new HeldTensor(shape, values.clone());
    }

    @Override
    public Shape shape() {
        return shape;
    }

    @Override
    public float[] values() {
        return values.clone();
    }
}
