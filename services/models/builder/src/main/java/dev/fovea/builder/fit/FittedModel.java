package dev.fovea.builder.fit;

import dev.fovea.architectures.Precision;
import dev.fovea.builder.release.ReleaseOptions;
import dev.fovea.builder.release.SampleRecorder;
import dev.fovea.builder.release.SampleRecording;
import dev.fovea.onnx.Graph;
import dev.fovea.repository.ModelManifest;
import java.io.IOException;
import java.io.PrintWriter;

/// The last step of a fit on a model: its sample is recorded, its file written.
final class FittedModel {

    private FittedModel() {}

    /// @param head on the tapped value
    /// @throws IOException if the model cannot be run, or the version exists and may not be replaced
    static void release(
            FeatureTap tap, Graph head, ModelManifest manifest, FitAccount account, ReleaseOptions to, PrintWriter out)
            throws IOException {
        SampleRecording recording = SampleRecorder.record(manifest, tap.file(head, manifest), Precision.FLOAT32);
        ModelManifest complete = SampleRecorder.withSample(manifest, recording.sample());
        to.write(out, "fitted", complete, tap.file(head, complete), account.figures());
    }
}
