package dev.fovea.inference;

import dev.fovea.repository.ElementType;
import dev.fovea.repository.TensorSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;

/// `rows` items of one shape in one direct buffer, row after row, in the machine's byte order.
///
/// Mutable and unsynchronised: it has one owner at a time, and whoever takes it over says so. The memory is the
/// buffer's and goes with it; there is nothing to close.
public final class Tensor {

    private final ElementType elementType;
    private final int rows;
    private final List<Integer> itemShape;
    private final int itemBytes;
    private final ByteBuffer data;

    private Tensor(ElementType elementType, int rows, List<Integer> itemShape, int itemBytes, ByteBuffer data) {
        this.elementType = elementType;
        this.rows = rows;
        this.itemShape = itemShape;
        this.itemBytes = itemBytes;
        this.data = data;
    }

    /// A zeroed tensor of `rows` items as `spec` says.
    public static Tensor allocate(TensorSpec spec, int rows) {
        int bytes = Math.multiplyExact(spec.itemBytes(), rows);
        return new Tensor(
                spec.elementType(),
                rows,
                spec.itemShape(),
                spec.itemBytes(),
                ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder()));
    }

    public ElementType elementType() {
        return elementType;
    }

    public int rows() {
        return rows;
    }

    public List<Integer> itemShape() {
        return itemShape;
    }

    public int itemBytes() {
        return itemBytes;
    }

    public long sizeBytes() {
        return (long) rows * itemBytes;
    }

    /// All bytes; a view with its own position, sharing the memory.
    public ByteBuffer bytes() {
        return data.duplicate().order(ByteOrder.nativeOrder());
    }

    /// The bytes of rows `from` (inclusive) to `to` (exclusive), sharing the memory.
    public ByteBuffer bytes(int from, int to) {
        return data.slice(from * itemBytes, (to - from) * itemBytes).order(ByteOrder.nativeOrder());
    }

    /// All elements of a FLOAT32 tensor, sharing the memory.
    public FloatBuffer floats() {
        if (elementType != ElementType.FLOAT32) {
            throw new IllegalStateException("tensor is " + elementType + ", not FLOAT32");
        }
        return bytes().asFloatBuffer();
    }

    /// Row `row` of a FLOAT32 tensor, copied.
    public float[] row(int row) {
        float[] values = new float[itemBytes / Float.BYTES];
        floats().get(row * values.length, values);
        return values;
    }

    /// A view of rows `from` (inclusive) to `to` (exclusive), sharing the memory.
    public Tensor slice(int from, int to) {
        return new Tensor(elementType, to - from, itemShape, itemBytes, bytes(from, to));
    }

    /// Copies `count` rows of this tensor, starting at `from`, into `target`, starting at `at`.
    public void copyRows(int from, int count, Tensor target, int at) {
        target.data.put(at * itemBytes, data, from * itemBytes, count * itemBytes);
    }

    /// Whether element type and item shape are those of `spec`.
    public boolean fits(TensorSpec spec) {
        return elementType == spec.elementType() && itemShape.equals(spec.itemShape());
    }

    @Override
    public String toString() {
        return elementType + " (" + rows + ", " + itemShape + ")";
    }
}
