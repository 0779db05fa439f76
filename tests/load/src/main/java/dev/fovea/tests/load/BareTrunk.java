package dev.fovea.tests.load;

import dev.fovea.architectures.ImageArchitecture;
import dev.fovea.architectures.ImageNetwork;
import dev.fovea.architectures.NetworkOutput;
import dev.fovea.architectures.Option;
import dev.fovea.architectures.OptionValues;
import dev.fovea.architectures.Precision;
import dev.fovea.architectures.trunk.Trunks;
import dev.fovea.architectures.weights.WeightScope;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Layout;
import dev.fovea.onnx.op.Pool;
import dev.fovea.repository.ImagePreprocessing;
import dev.fovea.repository.ImagePreprocessing.ChannelOrder;
import dev.fovea.repository.ImagePreprocessing.Interpolation;
import dev.fovea.repository.PixelNormalization;
import dev.fovea.repository.ResizeRule;
import java.util.List;

/// A trunk with nothing behind it but the mean over positions, which costs nothing beside it.
///
/// @param trunk its name
/// @param stage the last that runs, from 1
/// @param sizePx side of the input
record BareTrunk(String trunk, int stage, int sizePx) implements ImageNetwork {

    @Override
    public String name() {
        return trunk + "-stage-" + stage;
    }

    @Override
    public String task() {
        return ImageArchitecture.RETRIEVAL;
    }

    @Override
    public String summary() {
        return "the mean over a trunk's last map";
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
        return sizePx;
    }

    @Override
    public ImagePreprocessing preprocessing(int side, OptionValues options) {
        return new ImagePreprocessing(
                side,
                side,
                new ResizeRule.Stretch(),
                Interpolation.BILINEAR,
                ChannelOrder.RGB,
                new PixelNormalization(
                        List.of(0.5, 0.5, 0.5), List.of(0.25, 0.25, 0.25), PixelNormalization.Place.GRAPH));
    }

    @Override
    public boolean unitNorm(OptionValues options) {
        return false;
    }

    @Override
    public List<NetworkOutput> apply(Value pixels, WeightScope weights, OptionValues options, Precision precision) {
        Value map = Trunks.named(trunk).apply(pixels, weights, precision).stage(stage);
        return List.of(new NetworkOutput("mean", Layout.flatten(Pool.globalAverage(map)), "channel means"));
    }
}
