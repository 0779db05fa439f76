package dev.fovea.patches.wire;

import dev.fovea.imaging.patch.Keypoint;
import java.util.List;

/// Keypoints to their message and back; unchecked, since only the user of a keypoint knows what is wrong with it.
public final class KeypointMapping {
    private KeypointMapping() {}

    public static List<dev.fovea.proto.v1.Keypoint> messages(List<Keypoint> keypoints) {
        return keypoints.stream().map(KeypointMapping::message).toList();
    }

    public static List<Keypoint> keypoints(List<dev.fovea.proto.v1.Keypoint> messages) {
        return messages.stream().map(KeypointMapping::keypoint).toList();
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
