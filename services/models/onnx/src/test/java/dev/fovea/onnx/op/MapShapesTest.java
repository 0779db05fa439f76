package dev.fovea.onnx.op;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.fovea.onnx.DataType;
import dev.fovea.onnx.Graph;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.shape.Dim;
import dev.fovea.onnx.shape.Shape;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What operators over maps refuse; the value is float32 (N, 2, 4, 4).
class MapShapesTest {

    @ParameterizedTest
    @MethodSource("mistakes")
    void refusesAMistakeAtItsLineNamingTheShapes(UnaryOperator<Value> mistake, String message) {
        Value x = new Graph("test").input("x", DataType.FLOAT32, Shape.batchOf(2, 4, 4));

        assertThatThrownBy(() -> mistake.apply(x))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    private static List<Arguments> mistakes() {
        Window large = Window.of(5, 1);
        return List.of(
                of("a large window", x -> Pool.max(x, large), "MaxPool: a window of 5 does not fit into (N, 2, 4, 4)"),
                of("a flat pool", x -> Pool.average(Layout.flatten(x), large), "AveragePool: (N, C, H, W) wanted"),
                of("a flat mean", x -> Pool.globalAverage(Layout.flatten(x)), "GlobalAveragePool: (N, C, H, W) wanted"),
                of("much padding", x -> Pool.max(x, new Window(2, 1, 2)), "padding 2: kernel and stride"),
                of("unpool", MapShapesTest::unpool, "MaxUnpool: Window[kernel=2, stride=2, padding=0] does not pool"),
                of("two equal axes", x -> Reduce.sum(x, 1, -3), "ReduceSum: [1, -3] must name one or more different"),
                of("no axis", Reduce::max, "ReduceMax: [] must name one or more different axes of (N, 2, 4, 4)"),
                of("channels", x -> norm(x, 3, DataType.FLOAT32), "one number of the same type for each channel"),
                of("norm's type", x -> norm(x, 2, DataType.FLOAT16), "one number of the same type for each channel"),
                of("resize", x -> Resample.linear(x, 0, 4, true), "a size of at least 1 x 1 wanted"),
                of("grid", x -> Resample.gridSample(x, x, true), "GridSample: floats (N, C, H, W) and (N, H', W', 2)"),
                of("k", x -> Order.topK(x, 5, 3).values(), "TopK: k 5 must be at least 1 and at most the size of axis"),
                of("indices", x -> Layout.gatherElements(x, x, 1), "GatherElements: INT64 indices of (N, 2, 4, 4)"),
                of("expand", x -> Layout.expand(x, Shape.of(1, 2, 4, 4)), "does not repeat to (1, 2, 4, 4)"),
                of("expand to a new name", MapShapesTest::expandToName, "must have a fixed size, not the name M"),
                of("expandLike", x -> Layout.expandLike(x, Layout.slice(x, 1, 0, 1)), "does not repeat to"),
                of("unsqueeze", x -> Layout.unsqueeze(x, 5), "Unsqueeze: (N, 2, 4, 4) cannot get an axis 5"),
                of("squeeze", x -> Layout.squeeze(x, 1), "Squeeze: axis 1 of (N, 2, 4, 4) has size 2, not 1"),
                of("negative padding", MapShapesTest::cropped, "must be at least 0"),
                of("and", x -> Elementwise.and(x, x), "And must be BOOL"),
                of("not", Elementwise::not, "Not must be BOOL"),
                of("bool's root", x -> Elementwise.sqrt(Elementwise.equal(x, x)), "Sqrt: a float is wanted"),
                of("conv's types", x -> conv(x, 2, DataType.FLOAT16), "Conv: element types differ"),
                of("conv's groups", x -> conv(x, 3, DataType.FLOAT32), "do not fit kernel 1 and groups 1"),
                of("bias", MapShapesTest::bias, "Conv: bias (2) does not give one number per output of (1, 2, 1, 1)"));
    }

    private static Value unpool(Value x) {
        var window = Window.of(2, 2);
        return Pool.unpool(Pool.maxWithIndices(x, window), window, 6, 4);
    }

    private static Value norm(Value x, int channels, DataType type) {
        Value parameter = x.graph().constant("p", new float[channels], Shape.of(channels), type);
        return Normalization.batchNorm(x, parameter, parameter, parameter, parameter, 0);
    }

    private static Value expandToName(Value x) {
        return Layout.expand(x.graph().constant("c", new float[1], Shape.of(1)), Shape.of(Dim.named("M")));
    }

    private static Value cropped(Value x) {
        return Layout.padZero(x, List.of(0, 0, -1, 0), List.of(0, 0, 0, 0));
    }

    private static Value conv(Value x, int channels, DataType type) {
        Value weight = x.graph().constant("w", new float[channels], Shape.of(1, channels, 1, 1), type);
        return Linear.conv(x, weight, Conv.valid(1));
    }

    private static Value bias(Value x) {
        Value weight = x.graph().constant("w", new float[2], Shape.of(1, 2, 1, 1));
        return Linear.conv(x, weight, x.graph().constant("b", new float[2], Shape.of(2)), Conv.valid(1));
    }

    private static Arguments of(String name, UnaryOperator<Value> mistake, String message) {
        return argumentSet(name, mistake, message);
    }
}
