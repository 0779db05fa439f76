package dev.fovea.onnx.op;

import dev.fovea.onnx.Attribute;
import dev.fovea.onnx.DataType;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.shape.Broadcast;
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
    /// @throws IllegalArgumentException if the lists do not name every axis or a padded axis has no fixed
    ///     size
    public static Value padEdge(Value x, List<Integer> before, List<Integer> after) {
        return pad(x, before, after, "edge");
    }

    /// Adds zeros outwards.
    ///
    /// @param before elements added at the low end of each axis
    /// @param after elements added at the high end of each axis
    /// @throws IllegalArgumentException if the lists do not name every axis or a padded axis has no fixed
    ///     size
    public static Value padZero(Value x, List<Integer> before, List<Integer> after) {
        return pad(x, before, after, "constant");
    }

    private static Value pad(Value x, List<Integer> before, List<Integer> after, String mode) {
        Shape shape = x.shape();
        if (before.size() != shape.rank() || after.size() != shape.rank()) {
            throw new IllegalArgumentException(
                    "Pad: " + before + " and " + after + " must each have one number per axis of " + shape);
        }
        for (int axis = 0; axis < before.size(); axis++) {
            if (before.get(axis) < 0 || after.get(axis) < 0) {
                throw new IllegalArgumentException("Pad: " + before + " and " + after + " must be at least 0");
            }
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
        return x.graph().node("Pad", List.of(x, padding), Map.of("mode", Attribute.of(mode)), x.type(), shape);
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

    /// Picks elements of one axis by constant or computed int64 indices, whose shape takes the axis' place.
    ///
    /// @throws IllegalArgumentException if the indices are not int64 or a scalar
    public static Value gather(Value x, Value indices, int axis) {
        if (indices.type() != DataType.INT64 || indices.shape().rank() == 0) {
            throw new IllegalArgumentException("Gather: INT64 indices of rank 1 or more wanted, found " + indices);
        }
        int normal = x.shape().normalise(axis);
        List<Dim> dims = new ArrayList<>(x.shape().dims());
        dims.remove(normal);
        dims.addAll(normal, indices.shape().dims());
        return x.graph()
                .node(
                        "Gather",
                        List.of(x, indices),
                        Map.of("axis", Attribute.of((long) normal)),
                        x.type(),
                        new Shape(dims));
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

    /// Picks one element of the axis for each index; other axes are walked along with the indices.
    ///
    /// **Shape:** that of the indices.
    ///
    /// @throws IllegalArgumentException if the indices are not int64 or an axis but this one differs from
    ///     the input's
    public static Value gatherElements(Value x, Value indices, int axis) {
        int normal = x.shape().normalise(axis);
        boolean fits = indices.type() == DataType.INT64
                && indices.shape().rank() == x.shape().rank()
                && indices.shape().with(normal, Dim.of(1)).equals(x.shape().with(normal, Dim.of(1)));
        if (!fits) {
            throw new IllegalArgumentException("GatherElements: INT64 indices of " + x.shape() + " but for axis " + axis
                    + " wanted, found " + indices);
        }
        Map<String, Attribute> attributes = Map.of("axis", Attribute.of((long) normal));
        return x.graph().node("GatherElements", List.of(x, indices), attributes, x.type(), indices.shape());
    }

    /// **Shape:** (N, D...) to (N, product of D).
    ///
    /// @throws IllegalArgumentException if there is no axis, or one after the first has no fixed size
    public static Value flatten(Value x) {
        long size = 1;
        for (int axis = 1; axis < x.shape().rank(); axis++) {
            size = Math.multiplyExact(size, x.shape().size(axis));
        }
        Shape shape = Shape.of(x.shape().dim(0), Dim.of(size));
        return x.graph().node("Flatten", List.of(x), Map.of("axis", Attribute.of(1L)), x.type(), shape);
    }

    /// Repeats axes of size 1, and adds leading ones, until the shape is the target's.
    ///
    /// @throws IllegalArgumentException if the shapes do not broadcast to the target, or the target names a
    ///     size that the input has not: [#expandLike] takes it from a value
    public static Value expand(Value x, Shape target) {
        requireExpands(x, target);
        long[] sizes = new long[target.rank()];
        for (int axis = 0; axis < sizes.length; axis++) {
            int own = axis - target.rank() + x.shape().rank();
            boolean kept = own >= 0 && x.shape().dim(own).equals(target.dim(axis));
            sizes[axis] = kept ? 1 : target.size(axis); // ONNX: 1 keeps the input's size
        }
        Value shape = x.graph().constant("shape", sizes);
        return x.graph().node("Expand", List.of(x, shape), Map.of(), x.type(), target);
    }

    /// As [#expand], to the shape that another value has when the graph runs.
    ///
    /// @throws IllegalArgumentException if the shapes do not broadcast to the reference's
    public static Value expandLike(Value x, Value reference) {
        Shape target = reference.shape();
        requireExpands(x, target);
        Value shape = x.graph().node("Shape", List.of(reference), Map.of(), DataType.INT64, Shape.of(target.rank()));
        return x.graph().node("Expand", List.of(x, shape), Map.of(), x.type(), target);
    }

    /// Adds an axis of size 1, which has the given number in the result.
    ///
    /// @throws IllegalArgumentException if the result cannot have such an axis
    public static Value unsqueeze(Value x, int axis) {
        List<Dim> dims = new ArrayList<>(x.shape().dims());
        int normal = axis < 0 ? axis + dims.size() + 1 : axis;
        if (normal < 0 || normal > dims.size()) {
            throw new IllegalArgumentException("Unsqueeze: " + x.shape() + " cannot get an axis " + axis);
        }
        dims.add(normal, Dim.of(1));
        Value axes = x.graph().constant("axes", (long) normal);
        return x.graph().node("Unsqueeze", List.of(x, axes), Map.of(), x.type(), new Shape(dims));
    }

    /// Removes an axis of size 1.
    ///
    /// @throws IllegalArgumentException if it has another size
    public static Value squeeze(Value x, int axis) {
        int normal = x.shape().normalise(axis);
        if (!x.shape().dim(normal).equals(Dim.of(1))) {
            throw new IllegalArgumentException("Squeeze: axis " + axis + " of " + x.shape() + " has size "
                    + x.shape().dim(normal) + ", not 1");
        }
        List<Dim> dims = new ArrayList<>(x.shape().dims());
        dims.remove(normal);
        Value axes = x.graph().constant("axes", (long) normal);
        return x.graph().node("Squeeze", List.of(x, axes), Map.of(), x.type(), new Shape(dims));
    }

    private static void requireExpands(Value x, Shape target) {
        if (!Broadcast.of("Expand", x.shape(), target).equals(target)) {
            throw new IllegalArgumentException("Expand: " + x.shape() + " does not repeat to " + target);
        }
    }
}
