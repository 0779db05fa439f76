package dev.fovea.retrieval.wire;

import com.google.protobuf.UnsafeByteOperations;
import dev.fovea.grpc.ModelMapping;
import dev.fovea.imaging.ImageSize;
import dev.fovea.imaging.patch.Keypoint;
import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.inference.lifecycle.ModelIdentity;
import dev.fovea.proto.v1.ElementType;
import dev.fovea.proto.v1.Vectors;
import dev.fovea.retrieval.rerank.LocalFeatures;
import dev.fovea.retrieval.rerank.QuantizedDescriptors;

/// Local features to their message and back, byte for byte.
final class LocalFeaturesMapping {
    /// What the service itself can be configured to keep of an image.
    private static final int MAX_KEYPOINTS = 4096;

    private static final int MAX_DIMENSION = 1024;

    /// The stored form counts them in 16 bits.
    private static final int MAX_NAME_BYTES = 1024;

    private LocalFeaturesMapping() {}

    static dev.fovea.proto.v1.LocalFeatures message(LocalFeatures features) {
        var message = dev.fovea.proto.v1.LocalFeatures.newBuilder()
                .setModel(ModelMapping.identity(features.model()))
                .setDescriptors(vectors(features.descriptors()));
        features.keypoints().forEach(keypoint -> message.addKeypoints(message(keypoint)));
        return message.build();
    }

    /// @throws InvalidInput `LOCAL_FEATURES_INVALID`
    static LocalFeatures features(dev.fovea.proto.v1.LocalFeatures message, ImageSize image) {
        requireAtMost("keypoints", message.getKeypointsCount(), MAX_KEYPOINTS);
        requireAtMost(
                "elements of a descriptor",
                Integer.toUnsignedLong(message.getDescriptors().getDimension()),
                MAX_DIMENSION);
        return new LocalFeatures(
                identity(message.getModel()),
                image,
                message.getKeypointsList().stream()
                        .map(LocalFeaturesMapping::keypoint)
                        .toList(),
                descriptors(message.getDescriptors()));
    }

    private static ModelIdentity identity(dev.fovea.proto.v1.ModelIdentity model) {
        requireAtMost("bytes of a model's name", model.getNameBytes().size(), MAX_NAME_BYTES);
        requireAtMost("bytes of a model's digest", model.getDigestBytes().size(), MAX_NAME_BYTES);
        long version = model.getVersion();
        if (version < 0 || version > Integer.MAX_VALUE) {
            throw new InvalidInput(
                    "LOCAL_FEATURES_INVALID",
                    "local features are of version " + version + " of model " + model.getName() + "; versions are 0 to "
                            + Integer.MAX_VALUE,
                    version,
                    "0 to " + Integer.MAX_VALUE);
        }
        return new ModelIdentity(model.getName(), (int) version, model.getDigest());
    }

    private static void requireAtMost(String what, long value, int limit) {
        if (value > limit) {
            throw new InvalidInput(
                    "LOCAL_FEATURES_INVALID",
                    "local features have " + value + " " + what + ", at most " + limit + " are kept",
                    value,
                    limit);
        }
    }

    private static Vectors vectors(QuantizedDescriptors descriptors) {
        return Vectors.newBuilder()
                .setElementType(ElementType.ELEMENT_TYPE_UINT8)
                .setDimension(descriptors.dimension())
                .setCount(descriptors.count())
                .setData(UnsafeByteOperations.unsafeWrap(descriptors.rows()))
                .setScale(descriptors.scale())
                .setOffset(descriptors.offset())
                .build();
    }

    private static QuantizedDescriptors descriptors(Vectors message) {
        if (message.getElementType() != ElementType.ELEMENT_TYPE_UINT8) {
            throw new InvalidInput(
                    "LOCAL_FEATURES_INVALID",
                    "local descriptors are " + message.getElementType() + ", expected is UINT8",
                    message.getElementType(),
                    ElementType.ELEMENT_TYPE_UINT8);
        }
        long bytes = Integer.toUnsignedLong(message.getCount()) * Integer.toUnsignedLong(message.getDimension());
        if (bytes != message.getData().size()) {
            throw new InvalidInput(
                    "LOCAL_FEATURES_INVALID",
                    "local descriptors have " + message.getData().size() + " bytes; count x dimension is "
                            + Long.toUnsignedString(bytes),
                    message.getData().size(),
                    Long.toUnsignedString(bytes));
        }
        return QuantizedDescriptors.of(
                message.getData().asReadOnlyByteBuffer(),
                message.getDimension(),
                message.getScale(),
                message.getOffset());
    }

    private static dev.fovea.proto.v1.Keypoint message(Keypoint keypoint) {
        return dev.fovea.proto.v1.Keypoint.newBuilder()
                .setX(keypoint.x())
                .setY(keypoint.y())
                .setSize(keypoint.size())
                .setAngle(keypoint.angleDegrees())
                .setResponse(keypoint.response())
                .build();
    }

    private static Keypoint keypoint(dev.fovea.proto.v1.Keypoint message) {
        return new Keypoint(
                message.getX(), message.getY(), message.getSize(), message.getAngle(), message.getResponse());
    }
}
