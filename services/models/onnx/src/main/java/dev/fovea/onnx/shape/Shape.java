package dev.fovea.onnx.shape;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// Sizes of a value, outermost first; a scalar has none.
public record Shape(List<Dim> dims) {

    public Shape {
        dims = List.copyOf(dims);
    }

    public static Shape of(long... sizes) {
        return new Shape(Arrays.stream(sizes).mapToObj(Dim::of).toList());
    }

    public static Shape of(Dim... dims) {
        return new Shape(List.of(dims));
    }

    public static Shape scalar() {
        return new Shape(List.of());
    }

    /// A batch of items: the batch dimension `N` leads.
    public static Shape batchOf(long... itemSizes) {
        List<Dim> dims = new ArrayList<>();
        dims.add(Dim.named("N"));
        Arrays.stream(itemSizes).mapToObj(Dim::of).forEach(dims::add);
        return new Shape(dims);
    }

    public int rank() {
        return dims.size();
    }

    /// @param axis from 0, or from -1 backwards
    /// @throws IllegalArgumentException if there is no such axis
    public Dim dim(int axis) {
        return dims.get(normalise(axis));
    }

    /// @throws IllegalArgumentException if there is no such axis or its size is only named
    public long size(int axis) {
        return switch (dim(axis)) {
            case Dim.Fixed fixed -> fixed.size();
            case Dim.Named named ->
                throw new IllegalArgumentException(
                        "dimension " + axis + " of " + this + " must have a fixed size, not the name " + named);
        };
    }

    public boolean isFixed(int axis) {
        return dim(axis) instanceof Dim.Fixed;
    }

    /// The axis counted from 0.
    ///
    /// @throws IllegalArgumentException if there is no such axis
    public int normalise(int axis) {
        int normal = axis < 0 ? axis + rank() : axis;
        if (normal < 0 || normal >= rank()) {
            throw new IllegalArgumentException("axis " + axis + " is outside " + this + " of rank " + rank());
        }
        return normal;
    }

    public Shape with(int axis, Dim dim) {
        List<Dim> changed = new ArrayList<>(dims);
        changed.set(normalise(axis), dim);
        return new Shape(changed);
    }

    /// Product of the fixed sizes; named dimensions do not count.
    public long fixedElements() {
        long product = 1;
        for (Dim dim : dims) {
            if (dim instanceof Dim.Fixed fixed) {
                product = Math.multiplyExact(product, fixed.size());
            }
        }
        return product;
    }

    public List<Dim> namedDims() {
        return dims.stream().filter(Dim.Named.class::isInstance).toList();
    }

    /// As the mathematics writes it: `(N, 4, 32)`.
    @Override
    public String toString() {
        return dims.stream().map(Dim::toString).collect(Collectors.joining(", ", "(", ")"));
    }
}
