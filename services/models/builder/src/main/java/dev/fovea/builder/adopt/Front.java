package dev.fovea.builder.adopt;

import dev.fovea.onnx.DataType;
import dev.fovea.onnx.Graph;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Elementwise;
import dev.fovea.onnx.op.Layout;
import dev.fovea.onnx.shape.Dim;
import dev.fovea.onnx.shape.Shape;
import dev.fovea.repository.PixelNormalization;
import java.util.List;

/// What stands before a foreign input so that it takes bytes: `(p / 255 - mean) / std`, in the foreign order and type.
final class Front {

    private static final double WHITE = 255;

    private Front() {}

    /// **Shape:** uint8 (N, H, W, 3) to the foreign input's.
    ///
    /// @param name of the model's input from now on
    static Graph ofImages(String name, ForeignInput input, PixelNormalization pixels) {
        var graph = new Graph("front");
        Dim batch = input.shape().dim(0);
        Value bytes = graph.input(
                name,
                DataType.UINT8,
                new Shape(List.of(
                        batch,
                        Dim.of(input.size().heightPx()),
                        Dim.of(input.size().widthPx()),
                        Dim.of(pixels.mean().size()))));
        boolean channelsFirst = input.layout() == InputOptions.Layout.NCHW;
        Value ordered = channelsFirst ? Layout.transpose(bytes, 0, 3, 1, 2) : bytes;
        graph.output("pixels", seen(ordered, input, pixels.mean(), pixels.std(), channelsFirst));
        return graph;
    }

    /// **Shape:** uint8 (N, S, S) to the foreign input's, of one channel.
    static Graph ofPatches(String name, ForeignInput input, List<Double> mean, List<Double> std) {
        var graph = new Graph("front");
        Dim batch = input.shape().dim(0);
        Dim side = Dim.of(input.size().heightPx());
        Value bytes = graph.input(name, DataType.UINT8, new Shape(List.of(batch, side, side)));
        boolean channelsFirst = input.layout() == InputOptions.Layout.NCHW;
        Value ordered = Layout.unsqueeze(bytes, channelsFirst ? 1 : 3);
        graph.output("pixels", seen(ordered, input, mean, std, channelsFirst));
        return graph;
    }

    private static Value seen(
            Value bytes, ForeignInput input, List<Double> mean, List<Double> std, boolean channelsFirst) {
        if (input.type() == DataType.UINT8) {
            return bytes;
        }
        int channels = mean.size();
        float[] scale = new float[channels];
        float[] shift = new float[channels];
        for (int c = 0; c < channels; c++) {
            scale[c] = (float) (1 / (WHITE * std.get(c)));
            shift[c] = (float) (-mean.get(c) / std.get(c));
        }
        Shape perChannel = channelsFirst ? Shape.of(1, channels, 1, 1) : Shape.of(1, 1, 1, channels);
        Graph graph = bytes.graph();
        Value scaled =
                Elementwise.mul(Elementwise.cast(bytes, DataType.FLOAT32), graph.constant("scale", scale, perChannel));
        Value seen = Elementwise.add(scaled, graph.constant("shift", shift, perChannel));
        return input.type() == DataType.FLOAT32 ? seen : Elementwise.cast(seen, input.type());
    }
}
