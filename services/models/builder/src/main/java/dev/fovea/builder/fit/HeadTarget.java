package dev.fovea.builder.fit;

import dev.fovea.builder.numbers.LinearHead;
import dev.fovea.builder.release.ReleaseOptions;
import dev.fovea.onnx.Value;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.UnaryOperator;

/// Where a classifier's head goes: what it sees, and the model that comes of it.
sealed interface HeadTarget permits ArchitectureTarget, ModelTarget {

    FeatureTap tap();

    /// From the tapped value to features (N, D).
    UnaryOperator<Value> features();

    /// Writes the finished model.
    ///
    /// @param labels in the order of the head's scores
    void release(LinearHead head, List<String> labels, FitAccount account, ReleaseOptions to, PrintWriter out)
            throws IOException;
}
