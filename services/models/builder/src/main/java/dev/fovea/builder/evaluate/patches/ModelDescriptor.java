package dev.fovea.builder.evaluate.patches;

import dev.fovea.imaging.Image;
import dev.fovea.imaging.patch.PatchExtractor;
import dev.fovea.imaging.patch.PatchFrame;
import dev.fovea.inference.Tensor;
import dev.fovea.inference.session.BatchBuffers;
import dev.fovea.inference.session.ModelSession;
import dev.fovea.inference.session.SessionException;
import dev.fovea.inference.session.SessionLoader;
import dev.fovea.repository.ElementType;
import dev.fovea.repository.ModelManifest;
import dev.fovea.repository.ModelVersion;
import dev.fovea.repository.PatchPreprocessing;
import dev.fovea.repository.Provenance;
import dev.fovea.repository.TensorSpec;
import java.nio.FloatBuffer;
import java.util.List;

/// A model of the repository, run as a service runs it: patches as its manifest says, rows brought to unit
/// norm.
final class ModelDescriptor implements PatchDescriptor {

    private static final String UNIT_NORM = "l2";

    private final ModelSession session;
    private final BatchBuffers buffers;
    private final PatchExtractor extractor;

    private ModelDescriptor(ModelSession session, PatchPreprocessing preprocessing) {
        this.session = session;
        this.buffers = session.newBuffers();
        this.extractor = new PatchExtractor(preprocessing);
    }

    /// @throws SessionException if it cannot be loaded
    /// @throws IllegalArgumentException if it does not describe patches
    static ModelDescriptor load(ModelVersion version, SessionLoader loader) throws SessionException {
        ModelSession session = loader.load(version);
        ModelManifest manifest = session.manifest();
        TensorSpec output = manifest.outputs().getFirst();
        if (manifest.preprocessing() instanceof PatchPreprocessing preprocessing
                && output.elementType() == ElementType.FLOAT32
                && output.itemShape().size() == 1) {
            return new ModelDescriptor(session, preprocessing);
        }
        session.close();
        throw new IllegalArgumentException("model " + version + " does not describe patches: its task is \""
                + manifest.task() + "\", its first output " + output.itemShape());
    }

    /// A model of pseudo-random weights is named as such, so that nobody takes its figures for a network's.
    @Override
    public String name() {
        ModelManifest manifest = session.manifest();
        String name = manifest.name() + "@" + manifest.version();
        return manifest.provenance().kind() == Provenance.Kind.SEEDED ? name + " (random weights)" : name;
    }

    @Override
    public int dimension() {
        return session.manifest().outputs().getFirst().itemElements();
    }

    @Override
    public Tensor describe(Image image, List<PatchFrame> frames) throws SessionException {
        ModelManifest manifest = session.manifest();
        Tensor patches = Tensor.allocate(manifest.inputs().getFirst(), frames.size());
        extractor.extractFrames(image, frames, patches);
        Tensor descriptors = Tensor.allocate(manifest.outputs().getFirst(), frames.size());
        int most = manifest.maxBatch();
        for (int from = 0; from < frames.size(); from += most) {
            int rows = Math.min(most, frames.size() - from);
            patches.copyRows(from, rows, buffers.input(), 0);
            session.run(buffers, rows);
            buffers.outputs().getFirst().copyRows(0, rows, descriptors, from);
        }
        if (!manifest.outputNormalization().equals(UNIT_NORM)) {
            normalize(descriptors);
        }
        return descriptors;
    }

    private static void normalize(Tensor rows) {
        FloatBuffer values = rows.floats();
        for (int row = 0; row < rows.rows(); row++) {
            float[] one = rows.row(row);
            double sum = 0;
            for (float value : one) {
                sum += (double) value * value;
            }
            for (int i = 0; i < one.length && sum > 0; i++) {
                one[i] = (float) (one[i] / Math.sqrt(sum));
            }
            values.put(row * one.length, one);
        }
    }

    @Override
    public void close() {
        session.close();
    }
}
