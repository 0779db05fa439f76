package dev.fovea.builder.release;

import dev.fovea.architectures.BuiltModel;
import dev.fovea.architectures.ImageArchitecture;
import dev.fovea.architectures.ImageNetwork;
import dev.fovea.architectures.ModelRequest;
import dev.fovea.architectures.NetworkOutput;
import dev.fovea.architectures.Option;
import dev.fovea.architectures.OptionValues;
import dev.fovea.architectures.Precision;
import dev.fovea.architectures.weights.WeightScope;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Layout;
import dev.fovea.repository.ElementType;
import dev.fovea.repository.ImagePreprocessing;
import dev.fovea.repository.ImagePreprocessing.ChannelOrder;
import dev.fovea.repository.ImagePreprocessing.Interpolation;
import dev.fovea.repository.PixelNormalization;
import dev.fovea.repository.ResizeRule;
import java.util.List;
import java.util.function.UnaryOperator;

/// An image network of one function, from float32 (N, 3, 32, 32), 0 to 1, to (N, anything).
record TinyNetwork(UnaryOperator<Value> function) implements ImageNetwork {

    private static final int SIZE = 32;

    static BuiltModel model(ElementType input, UnaryOperator<Value> function) {
        return new ImageArchitecture(new TinyNetwork(function)).build(ModelRequest.defaults("tiny", input));
    }

    @Override
    public String name() {
        return "tiny";
    }

    @Override
    public String task() {
        return ImageArchitecture.RETRIEVAL;
    }

    @Override
    public String summary() {
        return "a network of a test";
    }

    @Override
    public String paper() {
        return "none";
    }

    @Override
    public List<Option> options() {
        return List.of();
    }

    @Override
    public int defaultSize() {
        return SIZE;
    }

    @Override
    public ImagePreprocessing preprocessing(int sizePx, OptionValues options) {
        return new ImagePreprocessing(
                sizePx,
                sizePx,
                new ResizeRule.Stretch(),
                Interpolation.BILINEAR,
                ChannelOrder.RGB,
                new PixelNormalization(List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0), PixelNormalization.Place.GRAPH));
    }

    @Override
    public boolean unitNorm(OptionValues options) {
        return false;
    }

    @Override
    public List<NetworkOutput> apply(Value pixels, WeightScope weights, OptionValues options, Precision precision) {
        return List.of(new NetworkOutput("answer", Layout.flatten(function.apply(pixels)), "of a test"));
    }
}
