package dev.fovea.architectures.siftnet;

import dev.fovea.architectures.Architecture;
import dev.fovea.architectures.BuiltModel;
import dev.fovea.architectures.ModelRequest;
import dev.fovea.architectures.Option;
import dev.fovea.architectures.OptionValues;
import dev.fovea.architectures.weights.NoWeights;
import dev.fovea.architectures.weights.WeightScope;
import dev.fovea.repository.ElementType;
import dev.fovea.repository.ModelManifest;
import dev.fovea.repository.PatchPreprocessing;
import dev.fovea.repository.StoredSample;
import dev.fovea.repository.TensorSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// SIFTNet by name, with the options of the published code.
public final class SiftNetArchitecture implements Architecture {

    /// Most patches a second on a CPU at 32 to 64: `services/decisions/0001-siftnet-graph.md`.
    private static final List<Integer> DEFAULT_BUCKETS = List.of(1, 8, 16, 32, 64);

    private static final String PAPER = "D. G. Lowe, Distinctive Image Features from Scale-Invariant Keypoints, "
            + "IJCV 60(2), 2004; R. Arandjelović, A. Zisserman, Three Things Everyone Should Know to Improve Object "
            + "Retrieval, CVPR 2012 (RootSIFT)";

    private static final SiftNet PUBLISHED = SiftNet.ofSize(32);
    private static final long SAMPLE_SEED = 20040101;
    /// The sample is pseudo-random pixels, for which float32 stays within 1e-5 of the reference on any device.
    private static final double SAMPLE_TOLERANCE = 1e-3;

    @Override
    public String name() {
        return "siftnet";
    }

    @Override
    public String task() {
        return "patch-description";
    }

    @Override
    public String summary() {
        return "SIFT and RootSIFT descriptors of square grey patches; no trained weights";
    }

    @Override
    public boolean takesWeights() {
        return false;
    }

    @Override
    public List<Option> options() {
        return List.of(
                new Option(
                        "patch_size",
                        String.valueOf(PUBLISHED.patchSize()),
                        SiftNet.MIN_PATCH + " to " + SiftNet.MAX_PATCH,
                        "side of a patch, pixels"),
                new Option(
                        "num_ang_bins",
                        String.valueOf(PUBLISHED.angularBins()),
                        SiftNet.MIN_ANGULAR + " to " + SiftNet.MAX_ANGULAR,
                        "directions told apart"),
                new Option(
                        "num_spatial_bins",
                        String.valueOf(PUBLISHED.spatialBins()),
                        "1 to " + SiftNet.MAX_SPATIAL,
                        "cells along a side of the patch"),
                new Option(
                        "clipval",
                        String.valueOf(PUBLISHED.clip()),
                        "above 0, at most 1",
                        "limit of an entry of the unit vector before it is normalised again"),
                new Option(
                        "rootsift",
                        String.valueOf(PUBLISHED.rootSift()),
                        "true or false",
                        "square root of the L1-normalised entries (RootSIFT)"),
                new Option(
                        "mask_type",
                        PUBLISHED.mask().toString(),
                        Arrays.toString(Mask.values()),
                        "weight of a pixel by its distance from the centre"),
                new Option(
                        "sigma_type",
                        PUBLISHED.sigma().toString(),
                        Arrays.toString(Sigma.values()),
                        "width of the Gaussian mask"));
    }

    @Override
    public BuiltModel build(ModelRequest request) {
        ElementType type = request.form().input();
        List<Integer> buckets = request.form().batchBuckets();
        var values = new OptionValues(options(), request.options());
        WeightScope.of(request.weights()).requireAllUsedAndFound(); // it uses none
        SiftNet net = net(values);
        var manifest = new ModelManifest(
                request.name(),
                request.version(),
                task(),
                name(),
                values.asMap(),
                List.of(input(net, type)),
                List.of(output(net)),
                new PatchPreprocessing(net.patchSize(), PatchPreprocessing.DEFAULT_MAGNIFICATION),
                List.of(),
                "l2",
                buckets.isEmpty() ? DEFAULT_BUCKETS : buckets,
                new NoWeights().origin().provenance(request.builder()),
                PAPER,
                Optional.of(sample(net, type)));
        return new BuiltModel(SiftNetGraph.of(net, type), manifest);
    }

    private static SiftNet net(OptionValues values) {
        return new SiftNet(
                values.wholeNumber("patch_size"),
                values.wholeNumber("num_ang_bins"),
                values.wholeNumber("num_spatial_bins"),
                values.number("clipval"),
                values.flag("rootsift"),
                values.choice("mask_type", Mask.class),
                values.choice("sigma_type", Sigma.class));
    }

    private static TensorSpec input(SiftNet net, ElementType type) {
        String range = type == ElementType.UINT8 ? "0 to 255" : "0 to 1";
        return new TensorSpec(
                SiftNetGraph.INPUT,
                type,
                List.of(net.patchSize(), net.patchSize()),
                "grey patches, row major, " + range + ", upright along the keypoint's orientation");
    }

    private static TensorSpec output(SiftNet net) {
        String kind = net.rootSift() ? "RootSIFT" : "SIFT";
        return new TensorSpec(
                SiftNetGraph.OUTPUT,
                ElementType.FLOAT32,
                List.of(net.dimension()),
                kind + " descriptors of unit norm: " + net.angularBins() + " angles, then " + net.cells()
                        + " rows, then " + net.cells() + " columns");
    }

    private static StoredSample sample(SiftNet net, ElementType type) {
        float[] patch = new float[net.patchSize() * net.patchSize()];
        for (int i = 0; i < patch.length; i++) {
            long bits = StoredSample.splitMix64(SAMPLE_SEED, i);
            patch[i] = type == ElementType.UINT8 ? (bits >>> 56) / 255f : (bits >>> 40) / (float) (1 << 24);
        }
        double[] expected = new SiftNetReference(net).describe(patch);
        float[] rounded = new float[expected.length];
        for (int i = 0; i < rounded.length; i++) {
            rounded[i] = (float) expected[i];
        }
        return StoredSample.of(SAMPLE_SEED, rounded, SAMPLE_TOLERANCE);
    }
}
