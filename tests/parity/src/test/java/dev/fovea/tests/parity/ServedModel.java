package dev.fovea.tests.parity;

import dev.fovea.architectures.BuiltModel;
import dev.fovea.inference.Tensor;
import dev.fovea.inference.session.BatchBuffers;
import dev.fovea.inference.session.ModelSession;
import dev.fovea.inference.session.OutputSet;
import dev.fovea.inference.session.SessionException;
import dev.fovea.onnxruntime.ExecutionProvider;
import dev.fovea.onnxruntime.OnnxRuntimeLoader;
import dev.fovea.repository.ElementType;
import dev.fovea.repository.ModelManifest;
import dev.fovea.repository.ModelRepository;
import dev.fovea.repository.ModelVersion;
import dev.fovea.repository.TensorSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A model written to a repository and loaded as a service loads it. One thread uses it; close it.
final class ServedModel implements AutoCloseable {

    private final ModelSession session;
    private final BatchBuffers buffers;

    private ServedModel(ModelSession session) {
        this.session = session;
        this.buffers = session.newBuffers();
    }

    static ServedModel load(BuiltModel model, Path repository) throws IOException, SessionException {
        ModelManifest manifest = model.manifest();
        ModelVersion version = new ModelRepository(repository).place(manifest.name(), manifest.version());
        Files.createDirectories(version.file().getParent());
        Files.write(version.file(), model.toBytes());
        var loader = new OnnxRuntimeLoader(List.of(ExecutionProvider.Cpu.withThreads(2)));
        return new ServedModel(loader.load(version));
    }

    /// Rows of float32 pixels, or of bytes for a UINT8 model (0 to 1 becomes 0 to 255).
    float[][] run(List<float[]> rows) throws SessionException {
        Tensor input = buffers.input();
        boolean bytes = input.elementType() == ElementType.UINT8;
        ByteBuffer memory = input.bytes();
        for (float[] row : rows) {
            for (float pixel : row) {
                if (bytes) {
                    memory.put((byte) Math.round(pixel * 255));
                } else {
                    memory.putFloat(pixel);
                }
            }
        }
        session.run(buffers, rows.size());
        float[][] answers = new float[rows.size()][];
        for (int i = 0; i < answers.length; i++) {
            answers[i] = buffers.outputs().getFirst().row(i);
        }
        return answers;
    }

    /// Rows as the bytes of the model's input; every output by name, row by row.
    Map<String, List<float[]>> runBytes(List<byte[]> rows) throws SessionException {
        ByteBuffer memory = buffers.input().bytes();
        rows.forEach(memory::put);
        session.run(buffers, rows.size(), OutputSet.ALL);
        Map<String, List<float[]>> answers = new LinkedHashMap<>();
        List<TensorSpec> specs = session.manifest().outputs();
        for (int output = 0; output < specs.size(); output++) {
            List<float[]> values = new ArrayList<>();
            for (int row = 0; row < rows.size(); row++) {
                values.add(buffers.outputs().get(output).row(row));
            }
            answers.put(specs.get(output).name(), values);
        }
        return answers;
    }

    ModelManifest manifest() {
        return session.manifest();
    }

    @Override
    public void close() {
        session.close();
    }
}
