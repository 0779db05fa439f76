package dev.fovea.tests.load;

import com.google.protobuf.ByteString;
import dev.fovea.proto.v1.DescribeRequest;
import dev.fovea.proto.v1.ImageInput;
import dev.fovea.proto.v1.ImagePatches;
import dev.fovea.proto.v1.Patches;
import dev.fovea.proto.v1.SiftDetector;
import java.nio.file.Path;
import java.util.Optional;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.core.Rect;
import org.opencv.imgcodecs.Imgcodecs;

/// What is sent.
final class Requests {

    private static final int PATCH_PX = 32;

    /// What a call carries.
    enum Kind {
        /// Patches; costs the service little but inference.
        PATCHES,
        /// A JPEG; decoding, detection and extraction come before inference.
        IMAGE
    }

    private Requests() {}

    static DescribeRequest patches(int count) {
        byte[] pixels = Scene.patches(Scene.grey(Optional.empty()), PATCH_PX, count);
        return DescribeRequest.newBuilder()
                .setPatches(Patches.newBuilder().setSize(PATCH_PX).setData(ByteString.copyFrom(pixels)))
                .build();
    }

    static DescribeRequest image(byte[] jpeg, int keypoints) {
        return DescribeRequest.newBuilder()
                .setImage(ImagePatches.newBuilder()
                        .setImage(ImageInput.newBuilder().setContent(ByteString.copyFrom(jpeg)))
                        .setSift(SiftDetector.newBuilder().setMaxKeypoints(keypoints)))
                .build();
    }

    /// The upper left part of an image (noise without a file) as JPEG.
    static byte[] jpeg(Optional<Path> file, int widthPx, int heightPx) {
        Mat grey = Scene.grey(file);
        Mat part = new Mat(grey, new Rect(0, 0, Math.min(widthPx, grey.cols()), Math.min(heightPx, grey.rows())));
        var encoded = new MatOfByte();
        Imgcodecs.imencode(".jpg", part, encoded);
        return encoded.toArray();
    }
}
