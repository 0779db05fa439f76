package dev.fovea.architectures.layers;

import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Layout;
import dev.fovea.onnx.op.Order;
import dev.fovea.onnx.op.Pool;
import dev.fovea.onnx.op.Window;
import java.util.ArrayList;
import java.util.List;

/// The lower median of each window: of an even number of elements, the smaller of the two in the middle.
///
/// Source: PyTorch `torch.median` over the windows of `unfold`.
///
/// **Shape:** (N, C, H, W) to (N, C, H', W'), H' = (H - kernel) / stride + 1, rounded down.
/// **Range:** that of the input.
public record MedianPool(Window window) {

    /// @throws IllegalArgumentException if the window is padded: a median has no neutral element
    public MedianPool {
        if (window.padding() != 0) {
            throw new IllegalArgumentException("a median takes no padding, found " + window.padding());
        }
    }

    /// @throws IllegalArgumentException if the window is larger than the map
    public Value apply(Value x) {
        int elements = window.kernel() * window.kernel();
        int upToMedian = elements - (elements - 1) / 2; // descending order
        Value stacked = Layout.concat(shifted(x), 2); // (N, C, kernel kernel, H', W')
        Value largest = Order.topK(stacked, upToMedian, 2).values();
        return Layout.squeeze(Layout.slice(largest, 2, upToMedian - 1, upToMedian), 2);
    }

    /// One map per place in the window, each (N, C, 1, H', W').
    private List<Value> shifted(Value x) {
        long height = covered(x, 2);
        long width = covered(x, 3);
        Window pick = Window.of(1, window.stride()); // the maximum of one element: a slice with steps
        List<Value> maps = new ArrayList<>();
        for (int row = 0; row < window.kernel(); row++) {
            Value rows = Layout.slice(x, 2, row, row + height);
            for (int column = 0; column < window.kernel(); column++) {
                Value part = Layout.slice(rows, 3, column, column + width);
                maps.add(Layout.unsqueeze(Pool.max(part, pick), 2));
            }
        }
        return maps;
    }

    /// Extent from the first window's corner to the last one's, both included.
    private long covered(Value x, int axis) {
        long room = x.shape().size(axis) - window.kernel();
        if (room < 0) {
            throw new IllegalArgumentException(
                    "a median over " + window.kernel() + " x " + window.kernel() + " does not fit into " + x.shape());
        }
        return room / window.stride() * window.stride() + 1;
    }
}
