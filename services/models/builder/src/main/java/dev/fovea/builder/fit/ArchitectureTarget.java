package dev.fovea.builder.fit;

import dev.fovea.architectures.BuiltModel;
import dev.fovea.architectures.ImageArchitecture;
import dev.fovea.architectures.ModelRequest;
import dev.fovea.architectures.Precision;
import dev.fovea.architectures.weights.HeldTensor;
import dev.fovea.architectures.weights.WeightSource;
import dev.fovea.architectures.weights.WeightTensor;
import dev.fovea.builder.numbers.LinearHead;
import dev.fovea.builder.numbers.Matrix;
import dev.fovea.builder.release.ReleaseOptions;
import dev.fovea.builder.release.SampleRecorder;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Layout;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// An architecture whose trunk has weights, or needs none, and whose last linear layer is fitted.
///
/// @param layer name of that layer: `fc`
record ArchitectureTarget(
        ImageArchitecture architecture, ModelRequest request, HeadlessWeights weights, String layer, FeatureTap tap)
        implements HeadTarget {

    /// @param request with the labels
    /// @throws IllegalArgumentException if the trunk's weights are missing, or it has not one linear layer
    static ArchitectureTarget of(ImageArchitecture architecture, ModelRequest request, WeightSource trunk)
            throws IOException {
        var weights = new HeadlessWeights(trunk);
        BuiltModel hollow = architecture.build(request.withWeights(weights));
        String layer = weights.linearLayer(architecture.name());
        return new ArchitectureTarget(architecture, request, weights, layer, FeatureTap.atLayer(hollow, layer));
    }

    @Override
    public UnaryOperator<Value> features() {
        return Layout::flatten;
    }

    @Override
    public void release(LinearHead head, List<String> labels, FitAccount account, ReleaseOptions to, PrintWriter out)
            throws IOException {
        Matrix fitted = head.weights();
        Map<String, WeightTensor> tensors = Map.of(
                layer + ".weight", HeldTensor.of(fitted.toArray(), fitted.rows(), fitted.columns()),
                layer + ".bias", HeldTensor.of(head.bias(), fitted.rows()));
        WeightSource all =
                new CompletedWeights(weights.trunk(), tensors, FittedOrigin.of(weights.trunk(), account.how()));
        BuiltModel model = SampleRecorder.record(architecture.build(request.withWeights(all)), Precision.FLOAT32);
        to.write(out, "fitted", model.manifest(), model.toBytes(), account.figures());
    }
}
