package dev.fovea.imaging.patch;

import dev.fovea.inference.Tensor;
import dev.fovea.repository.ElementType;
import dev.fovea.repository.ModelManifest;
import dev.fovea.repository.TensorSpec;
import java.nio.FloatBuffer;
import java.util.List;

/// Rows of floats of one dimension, one row a patch. Immutable.
///
/// **Shape:** (count, dimension). **Range:** unit L2 norm a row, or all zero where there was nothing to describe.
public final class Descriptors {

    private static final String UNIT_NORM = "l2";
    private final Tensor rows;
    private final int dimension;

    private Descriptors(Tensor rows, int dimension) {
        this.rows = rows;
        this.dimension = dimension;
    }

    /// No descriptor of `dimension` elements.
    public static Descriptors none(int dimension) {
        return normalized(FloatBuffer.allocate(0), dimension);
    }

    /// The first output of a model that [PatchModels] accepts; taken over where its norm is one already.
    public static Descriptors of(Tensor output, ModelManifest manifest) {
        int dimension = output.itemBytes() / Float.BYTES;
        return manifest.outputNormalization().equals(UNIT_NORM)
                ? new Descriptors(output, dimension)
                : normalized(output.floats(), dimension);
    }

    /// Copies the remaining values, rows of `dimension`, and divides each row by its L2 norm; a row of zeros stays.
    ///
    /// @throws IllegalArgumentException if the dimension is below 1 or the last row is not full
    public static Descriptors normalized(FloatBuffer values, int dimension) {
        if (dimension < 1 || values.remaining() % dimension != 0) {
            throw new IllegalArgumentException(values.remaining() + " values are not rows of " + dimension);
        }
        var spec = new TensorSpec("descriptors", ElementType.FLOAT32, List.of(dimension), "unit L2 norm");
        int count = values.remaining() / dimension;
        Tensor rows = Tensor.allocate(spec, count);
        FloatBuffer target = rows.floats();
        for (int row = 0; row < count; row++) {
            int start = values.position() + row * dimension;
            double norm = norm(values, start, dimension);
            for (int i = 0; i < dimension; i++) {
                target.put(norm == 0 ? 0 : (float) (values.get(start + i) / norm));
            }
        }
        return new Descriptors(rows, dimension);
    }

    public int count() {
        return rows.rows();
    }

    public int dimension() {
        return dimension;
    }

    /// Element `element` of row `row`.
    public float get(int row, int element) {
        return rows.floats().get(row * dimension + element);
    }

    /// Row `row`, copied.
    public float[] row(int row) {
        return rows.row(row);
    }

    /// All values, row by row; read-only.
    public FloatBuffer values() {
        return rows.floats().asReadOnlyBuffer();
    }

    /// The rows as the matcher wants them; not to be written.
    public Tensor rows() {
        return rows;
    }

    @Override
    public String toString() {
        return "descriptors (" + count() + ", " + dimension + ")";
    }

    private static double norm(FloatBuffer values, int start, int dimension) {
        double sum = 0;
        for (int i = start; i < start + dimension; i++) {
            sum += (double) values.get(i) * values.get(i);
        }
        return Math.sqrt(sum);
    }
}
