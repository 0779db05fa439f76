package dev.fovea.local;

import dev.fovea.imaging.patch.Keypoint;
import dev.fovea.inference.Tensor;
import dev.fovea.proto.v1.ElementType;
import dev.fovea.proto.v1.PatchDescriptionResult;
import dev.fovea.proto.v1.Vectors;
import dev.fovea.repository.TensorSpec;
import java.nio.ByteOrder;
import java.util.List;

/// An image file and what the service said about it.
///
/// @param descriptors FLOAT32, one row a keypoint
record DescribedImage(ImageFile file, List<Keypoint> keypoints, Tensor descriptors) {

    /// @throws IllegalArgumentException if the descriptors are not FLOAT32 or not as many as the keypoints
    static DescribedImage of(ImageFile file, PatchDescriptionResult result) {
        List<Keypoint> keypoints = result.getKeypointsList().stream()
                .map(k -> new Keypoint(k.getX(), k.getY(), k.getSize(), k.getAngle(), k.getResponse()))
                .toList();
        Vectors vectors = result.getDescriptors();
        if (vectors.getElementType() != ElementType.ELEMENT_TYPE_FLOAT32 || vectors.getCount() != keypoints.size()) {
            throw new IllegalArgumentException("the result of " + file.key() + " carries " + vectors.getCount()
                    + " descriptors of " + vectors.getElementType() + " for " + keypoints.size()
                    + " keypoints; FLOAT32 and as many are expected");
        }
        return new DescribedImage(file, keypoints, tensor(vectors));
    }

    private static Tensor tensor(Vectors vectors) {
        int dimension = Math.max(1, vectors.getDimension());
        TensorSpec spec = new TensorSpec(
                "descriptors", dev.fovea.repository.ElementType.FLOAT32, List.of(dimension), "unit length a row");
        Tensor tensor = Tensor.allocate(spec, vectors.getCount());
        // asReadOnlyByteBuffer is big-endian whatever the data is; the wire is little-endian.
        tensor.floats()
                .put(vectors.getData()
                        .asReadOnlyByteBuffer()
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asFloatBuffer());
        return tensor;
    }
}
