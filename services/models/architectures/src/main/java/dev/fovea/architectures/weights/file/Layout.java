package dev.fovea.architectures.weights.file;

import java.util.ArrayList;
import java.util.List;

/// Where the elements of a tensor lie in its storage: element `(i, j, ...)` at `offset + i * strides[0] +
/// ...`.
///
/// @param offset in elements, at least 0
/// @param sizes at least 0
/// @param strides in elements, at least 0; as many as sizes
record Layout(long offset, List<Long> sizes, List<Long> strides) {

    Layout {
        sizes = List.copyOf(sizes);
        strides = List.copyOf(strides);
        if (sizes.size() != strides.size()) {
            throw new IllegalArgumentException(sizes.size() + " sizes and " + strides.size() + " strides");
        }
    }

    /// Row major, without gaps.
    ///
    /// @throws ArithmeticException if the number of elements passes 64 bits
    static Layout rowMajor(long offset, List<Long> sizes) {
        List<Long> strides = new ArrayList<>();
        long stride = 1;
        for (long size : sizes.reversed()) {
            strides.add(stride);
            stride = Math.multiplyExact(stride, Math.max(1, size));
        }
        return new Layout(offset, sizes, strides.reversed());
    }

    /// @throws ArithmeticException if it passes 64 bits
    long elements() {
        return sizes.stream().reduce(1L, Math::multiplyExact);
    }

    /// Elements from the first to the last, both included.
    ///
    /// @throws ArithmeticException if it passes 64 bits
    long span() {
        if (sizes.contains(0L)) {
            return 0;
        }
        long span = 1;
        for (int axis = 0; axis < sizes.size(); axis++) {
            span = Math.addExact(span, Math.multiplyExact(sizes.get(axis) - 1, strides.get(axis)));
        }
        return span;
    }

    /// Whether the elements lie in row major order without gaps; the stride of an axis of size 1 does not
    /// matter.
    boolean isRowMajor() {
        long expected = 1;
        for (int axis = sizes.size() - 1; axis >= 0; axis--) {
            long size = sizes.get(axis);
            if (size != 1 && strides.get(axis) != expected) {
                return false;
            }
            expected *= Math.max(1, size);
        }
        return true;
    }

    /// Brings the span's elements into row major order.
    float[] gather(float[] span, int elements) {
        float[] rows = new float[elements];
        long[] index = new long[sizes.size()];
        int at = 0;
        for (int i = 0; i < elements; i++) {
            rows[i] = span[at];
            for (int axis = index.length - 1; axis >= 0; axis--) {
                at += (int) (long) strides.get(axis);
                if (++index[axis] < sizes.get(axis)) {
                    break;
                }
                at -= (int) (index[axis] * strides.get(axis));
                index[axis] = 0;
            }
        }
        return rows;
    }
}
