package dev.fovea.architectures.densesift;

import dev.fovea.architectures.siftnet.Mask;
import dev.fovea.architectures.siftnet.SiftNet;
import dev.fovea.architectures.siftnet.SiftNetKernels;
import dev.fovea.onnx.Attribute;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Conv;
import dev.fovea.onnx.op.Layout;
import dev.fovea.onnx.op.Linear;
import dev.fovea.onnx.shape.Dim;
import dev.fovea.onnx.shape.Shape;
import java.util.List;
import java.util.Map;

/// Sums an image plane over the cells of every patch on a grid, weighted by mask and cell.
///
/// A Gaussian or uniform mask is the product of one along y and one along x, as cells are: first all rows of
/// cells, then all columns, an eighth of the products. The published circular mask is no such product.
///
/// **Shape:** (M, 1, H, W) to (M, C C, H', W'), row of cells first, then column.
record CellPooling(SiftNet patch, int stride) {

    Value apply(Value planes) {
        return patch.mask() == Mask.CIRCULAR_GAUSS ? whole(planes) : separable(planes);
    }

    private Value whole(Value planes) {
        int size = patch.patchSize();
        long cells = (long) patch.cells() * patch.cells();
        Value kernels =
                planes.graph().constant("cells", SiftNetKernels.cellKernels(patch), Shape.of(cells, 1, size, size));
        return Linear.conv(planes, kernels, Conv.valid(size).withStride(stride));
    }

    private Value separable(Value planes) {
        int size = patch.patchSize();
        int cells = patch.cells();
        float[] kernels = SiftNetKernels.axisKernels(patch);
        Value down = planes.graph().constant("cells_y", kernels, Shape.of(cells, 1, size, 1));
        Value across = planes.graph().constant("cells_x", kernels, Shape.of(cells, 1, 1, size));
        Value rows = strided(planes, down, 2); // (M, C, H', W)
        Shape shape = rows.shape();
        Value each = Layout.reshape(rows, Shape.of(Dim.named("rows"), Dim.of(1), shape.dim(2), shape.dim(3)));
        Value both = strided(each, across, 3); // (M C, C, H', W')
        return Layout.reshape(
                both,
                Shape.of(
                        planes.shape().dim(0),
                        Dim.of((long) cells * cells),
                        both.shape().dim(2),
                        both.shape().dim(3)));
    }

    /// A convolution along one axis, the other left as it is.
    private Value strided(Value x, Value kernels, int axis) {
        int size = patch.patchSize();
        long room = x.shape().size(axis) - size;
        if (room < 0) {
            throw new IllegalArgumentException("a patch of " + size + " pixels does not fit into " + x.shape());
        }
        boolean vertical = axis == 2;
        Map<String, Attribute> attributes = Map.of(
                "kernel_shape", vertical ? Attribute.ofAll(size, 1) : Attribute.ofAll(1, size),
                "strides", vertical ? Attribute.ofAll(stride, 1) : Attribute.ofAll(1, stride));
        Shape shape = x.shape().with(1, kernels.shape().dim(0)).with(axis, Dim.of(room / stride + 1));
        return x.graph().node("Conv", List.of(x, kernels), attributes, x.type(), shape);
    }
}
