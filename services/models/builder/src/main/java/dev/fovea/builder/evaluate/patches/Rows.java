package dev.fovea.builder.evaluate.patches;

import dev.fovea.inference.Tensor;

/// Descriptors to compute distances between. Immutable.
final class Rows {

    private final float[] values;
    private final int count;
    private final int dimension;

    private Rows(float[] values, int count, int dimension) {
        this.values = values;
        this.count = count;
        this.dimension = dimension;
    }

    /// Copies FLOAT32 (N, D).
    static Rows of(Tensor tensor) {
        float[] values = new float[Math.toIntExact(tensor.sizeBytes() / Float.BYTES)];
        tensor.floats().get(values);
        return new Rows(values, tensor.rows(), tensor.itemBytes() / Float.BYTES);
    }

    int count() {
        return count;
    }

    /// L2 distance of row `mine` to row `theirs` of `other`.
    float distance(int mine, Rows other, int theirs) {
        int a = mine * dimension;
        int b = theirs * dimension;
        double sum = 0;
        for (int i = 0; i < dimension; i++) {
            double difference = (double) values[a + i] - other.values[b + i];
            sum += difference * difference;
        }
        return (float) Math.sqrt(sum);
    }
}
