package dev.fovea.onnx.op;

import dev.fovea.onnx.Attribute;
import dev.fovea.onnx.DataType;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.shape.Dim;
import dev.fovea.onnx.shape.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/// Operators that move elements without changing them.
public final class Layout {

    private Layout() {}

    /// The same elements in another shape. A named dimension of the target must stand where the input has
    /// it, but for one, whose size the runtime finds.
    ///
    /// @throws IllegalArgumentException if the fixed sizes cannot hold the same elements
    public static Value reshape(Value x, Shape target) {
        long[] sizes = new long[target.rank()];
        int free = 0;
        for (int axis = 0; axis < sizes.length; axis++) {
            Dim dim = target.dim(axis);
            boolean kept = axis < x.shape().rank() && x.shape().dim(axis).equals(dim);
            switch (dim) {
                case Dim.Fixed fixed -> sizes[axis] = fixed.size();
                case Dim.Named named -> {
                    sizes[axis] = kept ? 0 : -1; // ONNX: 0 as in the input, -1 whatever is left
                    free += kept ? 0 : 1;
                }
            }
        }
        boolean sameNames = x.shape().namedDims().equals(target.namedDims());
        boolean sameSize = x.shape().fixedElements() == target.fixedElements();
        if (free > 1 || (sameNames && !sameSize) || (free == 0 && !sameNames)) {
            throw new IllegalArgumentException("Reshape: " + x.shape() + " does not fill " + target);
        }
        Value shape = x.graph().constant("shape", sizes);
        return x.graph().node("Reshape", List.of(x, shape), Map.of(), x.type(), target);
    }

    /// Dimension `i` of the result is dimension `order[i]` of the input.
    ///
    /// @throws IllegalArgumentException if the order is no permutation of the axes
    public static Value transpose(Value x, int... order) {
        boolean[] seen = new boolean[x.shape().rank()];
        List<Dim> dims = new ArrayList<>();
        for (int axis : order) {
            int normal = x.shape().normalise(axis);
            dims.add(x.shape().dim(normal));
            seen[normal] = true;
        }
        for (boolean one : seen) {
            if (!one || order.length != seen.length) {
                throw new IllegalArgumentException(
                        "Transpose: " + Arrays.toString(order) + " is no permutation of the axes of " + x.shape());
            }
        }
        long[] perm = Arrays.stream(order).mapToLong(x.shape()::normalise).toArray();
        return x.graph()
                .node("Transpose", List.of(x), Map.of("perm", Attribute.ofAll(perm)), x.type(), new Shape(dims));
    }

    /// Repeats the border elements outwards.
    ///
    /// @param before elements added at the low end of each axis
    /// @param after elements added at the high end of each axis
    /// @throws IllegalArgumentException if the lists do not name every axis or a padded axis has no fixed size
    public static Value padEdge(Value x, List<Integer> before, List<Integer> after) {
        Shape shape = x.shape();
        if (before.size() != shape.rank() || after.size() != shape.rank()) {
            throw new IllegalArgumentException(
                    "Pad: " + before + " and " + after + " must each have one number per axis of " + shape);
        }
        for (int axis = 0; axis < before.size(); axis++) {
            int added = before.get(axis) + after.get(axis);
            if (added != 0) {
                shape = shape.with(axis, Dim.of(shape.size(axis) + added));
            }
        }
        long[] pads = LongStream.concat(
                        before.stream().mapToLong(Integer::longValue),
                        after.stream().mapToLong(Integer::longValue))
                .toArray();
        Value padding = x.graph().constant("pads", pads);
        return x.graph().node("Pad", List.of(x, padding), Map.of("mode", Attribute.of("edge")), x.type(), shape);
    }

    /// Elements `from` (inclusive) to `to` (exclusive) of one axis.
    ///
    /// @throws IllegalArgumentException if the range leaves the axis
    public static Value slice(Value x, int axis, long from, long to) {
        int normal = x.shape().normalise(axis);
        long size = x.shape().size(normal);
        if (from < 0 || to <= from || to > size) {
            throw new IllegalArgumentException("Slice: [" + from + ", " + to + ") leaves axis " + axis + " of "
                    + x.shape() + ", which has " + size);
        }
        var graph = x.graph();
        List<Value> operands = List.of(
                x, graph.constant("from", from), graph.constant("to", to), graph.constant("axis", (long) normal));
        return graph.node("Slice", operands, Map.of(), x.type(), x.shape().with(normal, Dim.of(to - from)));
    }

    /// Picks elements of one axis by constant or computed int64 indices of rank 1.
    ///
    /// @throws IllegalArgumentException if the indices are no int64 list
    public static Value gather(Value x, Value indices, int axis) {
        if (indices.type() != DataType.INT64 || indices.shape().rank() != 1) {
            throw new IllegalArgumentException("Gather: indices must be an INT64 list, found " + indices);
        }
        int normal = x.shape().normalise(axis);
        Shape shape = x.shape().with(normal, indices.shape().dim(0));
        return x.graph()
                .node("Gather", List.of(x, indices), Map.of("axis", Attribute.of((long) normal)), x.type(), shape);
    }

    /// Joins values along one axis of fixed size; everything else must be equal.
    ///
    /// @throws IllegalArgumentException if there is none, or types or other sizes differ
    public static Value concat(List<Value> parts, int axis) {
        Value first = parts.getFirst();
        int normal = first.shape().normalise(axis);
        long total = 0;
        for (Value part : parts) {
            boolean fits = part.type() == first.type()
                    && part.shape().rank() == first.shape().rank()
                    && part.shape().with(normal, Dim.of(1)).equals(first.shape().with(normal, Dim.of(1)));
            if (!fits) {
                throw new IllegalArgumentException(
                        "Concat: " + first + " and " + part + " differ outside axis " + axis);
            }
            total += part.shape().size(normal);
        }
        Shape shape = first.shape().with(normal, Dim.of(total));
        return first.graph().node("Concat", parts, Map.of("axis", Attribute.of((long) normal)), first.type(), shape);
    }
}
