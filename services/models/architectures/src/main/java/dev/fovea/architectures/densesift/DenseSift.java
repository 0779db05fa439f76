package dev.fovea.architectures.densesift;

import dev.fovea.architectures.layers.L1Normalize;
import dev.fovea.architectures.layers.L2Normalize;
import dev.fovea.architectures.siftnet.Mask;
import dev.fovea.architectures.siftnet.OrientationPlanes;
import dev.fovea.architectures.siftnet.SiftNet;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Conv;
import dev.fovea.onnx.op.Elementwise;
import dev.fovea.onnx.op.Layout;
import dev.fovea.onnx.op.Linear;
import dev.fovea.onnx.op.Reduce;
import dev.fovea.onnx.shape.Dim;
import dev.fovea.onnx.shape.Shape;
import java.util.ArrayList;
import java.util.List;

/// A SIFTNet descriptor of every patch on a grid, computed over the whole image at once.
///
/// Orientation planes are made once for all patches and sizes; each size pools them with a stride. A patch
/// that is cut out has its border replicated, one within an image has neighbours: the outermost ring of
/// gradients differs, nothing else.
///
/// @param net what describes a patch but for its size
/// @param patchSizes sides of the patches, pixels
/// @param stride from one patch to the next, pixels
public record DenseSift(SiftNet net, List<Integer> patchSizes, int stride) {

    /// ITU-R BT.601, as OpenCV converts colours to grey.
    private static final float[] GREY = {0.299f, 0.587f, 0.114f};

    private static final int MAX_STRIDE = 64;

    /// @throws IllegalArgumentException if there is no size, one does not fit a SIFTNet, or the stride is out
    ///     of range
    public DenseSift {
        patchSizes = List.copyOf(patchSizes);
        if (patchSizes.isEmpty()) {
            throw new IllegalArgumentException("dense SIFT needs at least one patch size");
        }
        if (stride < 1 || stride > MAX_STRIDE) {
            throw new IllegalArgumentException("stride " + stride + " is outside 1 to " + MAX_STRIDE);
        }
        for (int size : patchSizes) {
            if (net.ofPatchSize(size).dimension() != net.dimension()) {
                throw new IllegalArgumentException("patch size " + size + " gives descriptors of "
                        + net.ofPatchSize(size).dimension() + " numbers, not " + net.dimension());
            }
        }
    }

    /// RootSIFT with a Gaussian mask, whose pooling is separable.
    public static DenseSift of(List<Integer> patchSizes, int stride) {
        SiftNet net = SiftNet.ofSize(patchSizes.getFirst()).withMask(Mask.GAUSS).withRootSift(true);
        return new DenseSift(net, patchSizes, stride);
    }

    /// **Shape:** (N, 3, H, W) to (N, D, H', W'), H' = (H - S) / stride + 1 rounded down; for several sizes
    /// all positions in one row, (N, D, 1, P), size by size. **Range:** unit norm per position; RootSIFT 0 to
    /// 1.
    ///
    /// @param pixels RGB in [0, 1]
    /// @throws IllegalArgumentException if a patch is larger than the image
    public Value apply(Value pixels) {
        Value grey = Linear.conv(
                pixels, pixels.graph().constant("grey", GREY, Shape.of(1, GREY.length, 1, 1)), Conv.valid(1));
        Value planes = planes(grey);
        List<Value> maps = new ArrayList<>();
        for (int size : patchSizes) {
            maps.add(normalised(pooled(planes, pixels.shape().dim(0), net.ofPatchSize(size))));
        }
        return together(maps);
    }

    /// The colour of the same patches, in the same places.
    ///
    /// **Shape:** (N, 3, H, W) to (N, 25, H', W') or (N, 25, 1, P). **Range:** unit norm per position.
    ///
    /// @param pixels RGB in [0, 1]
    Value colours(Value pixels) {
        return together(patchSizes.stream()
                .map(size -> new ColourBins(size, stride).apply(pixels))
                .toList());
    }

    private static Value together(List<Value> maps) {
        return maps.size() == 1
                ? maps.getFirst()
                : Layout.concat(maps.stream().map(DenseSift::inOneRow).toList(), 3);
    }

    /// **Shape:** (N, 1, H, W) to (N R, 1, H, W).
    private Value planes(Value grey) {
        Value wide = Layout.padEdge(grey, List.of(0, 0, 0, 1), List.of(0, 0, 0, 1));
        Value tall = Layout.padEdge(grey, List.of(0, 0, 1, 0), List.of(0, 0, 1, 0));
        Value planes = new OrientationPlanes(net).apply(difference(wide, 3), difference(tall, 2)); // (N, R, H W)
        Shape shape = grey.shape();
        return Layout.reshape(planes, Shape.of(Dim.named("planes"), Dim.of(1), shape.dim(2), shape.dim(3)));
    }

    private static Value difference(Value padded, int axis) {
        long size = padded.shape().size(axis);
        return Elementwise.sub(Layout.slice(padded, axis, 2, size), Layout.slice(padded, axis, 0, size - 2));
    }

    /// **Shape:** (N R, 1, H, W) to (N, D, H', W').
    private Value pooled(Value planes, Dim batch, SiftNet patch) {
        Value cells = new CellPooling(patch, stride).apply(planes); // (N R, C C, H', W')
        Dim height = cells.shape().dim(2);
        Dim width = cells.shape().dim(3);
        var orientations = new OrientationPlanes(patch);
        long positions = cells.shape().fixedElements();
        Value perPlane = Layout.reshape(cells, Shape.of(batch, Dim.of(orientations.count()), Dim.of(positions)));
        Value bins = orientations.toBins(perPlane); // (N, A, C C H' W')
        return Layout.reshape(bins, Shape.of(batch, Dim.of(patch.dimension()), height, width));
    }

    private Value normalised(Value histogram) {
        L2Normalize unit = L2Normalize.along(1);
        Value clipped = Elementwise.min(unit.apply(histogram), histogram.graph().scalar((float) net.clip()));
        if (!net.rootSift()) {
            return unit.apply(Elementwise.relu(clipped));
        }
        // The second division by the L2 norm cancels out in the division by the sum.
        Value positive = Elementwise.relu(clipped);
        Value sum = Elementwise.max(Reduce.sum(positive, 1), histogram.graph().scalar(L1Normalize.DEFAULT.epsilon()));
        return Elementwise.sqrt(Elementwise.div(positive, sum));
    }

    private static Value inOneRow(Value map) {
        Shape shape = map.shape();
        return Layout.reshape(
                map, Shape.of(shape.dim(0), shape.dim(1), Dim.of(1), Dim.of(shape.size(2) * shape.size(3))));
    }
}
