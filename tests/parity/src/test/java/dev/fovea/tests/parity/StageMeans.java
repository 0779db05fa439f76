package dev.fovea.tests.parity;

import dev.fovea.architectures.ImageArchitecture;
import dev.fovea.architectures.ImageNetwork;
import dev.fovea.architectures.NetworkOutput;
import dev.fovea.architectures.Option;
import dev.fovea.architectures.OptionValues;
import dev.fovea.architectures.Precision;
import dev.fovea.architectures.trunk.FeatureMaps;
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
import java.util.ArrayList;
import java.util.List;

/// A bare trunk, each stage averaged over its positions.
///
/// @param trunk its name
record StageMeans(String trunk) implements ImageNetwork {

    @Override
    public String name() {
        return trunk;
    }

    @Override
    public String task() {
        return ImageArchitecture.RETRIEVAL;
    }

    @Override
    public String summary() {
        return "channel means of every stage";
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
        return 224;
    }

    @Override
    public ImagePreprocessing preprocessing(int sizePx, OptionValues options) {
        return new ImagePreprocessing(
                sizePx,
                sizePx,
                new ResizeRule.Stretch(),
                Interpolation.BILINEAR,
                ChannelOrder.RGB,
                new PixelNormalization(
                        List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225), PixelNormalization.Place.GRAPH));
    }

    @Override
    public boolean unitNorm(OptionValues options) {
        return false;
    }

    @Override
    public List<NetworkOutput> apply(Value pixels, WeightScope weights, OptionValues options, Precision precision) {
        FeatureMaps maps = Trunks.named(trunk).apply(pixels, weights, precision);
        List<NetworkOutput> outputs = new ArrayList<>();
        for (int stage = 1; stage <= maps.stages().size(); stage++) {
            Value mean = Layout.flatten(Pool.globalAverage(maps.stage(stage)));
            outputs.add(new NetworkOutput("c" + stage + "_mean", mean, "channel means of stage " + stage));
        }
        return outputs;
    }
}
