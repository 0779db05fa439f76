package dev.fovea.imaging.patch;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.fovea.architectures.BuiltModel;
import dev.fovea.architectures.ModelRequest;
import dev.fovea.architectures.siftnet.SiftNetArchitecture;
import dev.fovea.imaging.Image;
import dev.fovea.inference.Tensor;
import dev.fovea.repository.ElementType;
import dev.fovea.repository.PatchPreprocessing;
import dev.fovea.repository.TensorSpec;
import java.util.List;
import java.util.Map;

/// Patches cut by the extractor under test, described by SIFTNet.
final class SiftNetDescriber implements AutoCloseable {

    private final BuiltModel model;
    private final OrtSession session;
    private final PatchExtractor extractor;

    SiftNetDescriber(Map<String, String> options, double magnification, double smoothing) throws OrtException {
        model = new SiftNetArchitecture()
                .build(ModelRequest.defaults("siftnet", ElementType.UINT8).withOptions(options));
        session = OrtEnvironment.getEnvironment().createSession(model.toBytes());
        int size = model.manifest().inputs().getFirst().itemShape().getFirst();
        extractor = new PatchExtractor(new PatchPreprocessing(size, magnification), smoothing);
    }

    Tensor describe(Image image, List<Keypoint> keypoints) throws OrtException {
        TensorSpec input = model.manifest().inputs().getFirst();
        Tensor patches = Tensor.allocate(input, keypoints.size());
        extractor.extract(image, keypoints, patches);
        Tensor descriptors = Tensor.allocate(model.manifest().outputs().getFirst(), keypoints.size());
        long[] shape = {
            keypoints.size(), input.itemShape().get(0), input.itemShape().get(1)
        };
        try (OnnxTensor batch = OnnxTensor.createTensor(
                        OrtEnvironment.getEnvironment(), patches.bytes(), shape, OnnxJavaType.UINT8);
                OrtSession.Result result = session.run(Map.of(input.name(), batch))) {
            OnnxTensor output = (OnnxTensor) result.get(0);
            descriptors.bytes().put(output.getByteBuffer());
        }
        return descriptors;
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
