package dev.fovea.builder.fit;

import dev.fovea.architectures.ImageNetwork;
import dev.fovea.architectures.NetworkOutput;
import dev.fovea.architectures.Option;
import dev.fovea.architectures.OptionValues;
import dev.fovea.architectures.Precision;
import dev.fovea.architectures.embedding.Embedder;
import dev.fovea.architectures.weights.WeightScope;
import dev.fovea.onnx.Value;
import dev.fovea.repository.ImagePreprocessing;
import java.util.List;

/// An embedder without its pooling: the local features that would be pooled, (N, positions, channels).
record TrunkFeatures(Embedder embedder) implements ImageNetwork {

    @Override
    public String name() {
        return embedder.name();
    }

    @Override
    public String task() {
        return embedder.task();
    }

    @Override
    public String summary() {
        return embedder.summary();
    }

    @Override
    public String paper() {
        return embedder.paper();
    }

    @Override
    public List<Option> options() {
        return embedder.options();
    }

    @Override
    public int defaultSize() {
        return embedder.defaultSize();
    }

    @Override
    public ImagePreprocessing preprocessing(int sizePx, OptionValues options) {
        return embedder.preprocessing(sizePx, options);
    }

    @Override
    public boolean unitNorm() {
        return false;
    }

    @Override
    public List<NetworkOutput> apply(Value pixels, WeightScope weights, OptionValues options, Precision precision) {
        Value maps = embedder.trunk().apply(pixels, weights, options, precision);
        return List.of(new NetworkOutput("features", FittedLayers.positions(maps), "local features"));
    }
}
