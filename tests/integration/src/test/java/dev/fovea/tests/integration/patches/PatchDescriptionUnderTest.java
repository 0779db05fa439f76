package dev.fovea.tests.integration.patches;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.fovea.proto.v1.DescribeRequest;
import dev.fovea.proto.v1.DescribeResponse;
import dev.fovea.proto.v1.ImageInput;
import dev.fovea.proto.v1.ImagePatches;
import dev.fovea.proto.v1.Keypoint;
import dev.fovea.proto.v1.ModelIdentity;
import dev.fovea.proto.v1.ModelRef;
import dev.fovea.proto.v1.PatchDescriptionGrpc;
import dev.fovea.proto.v1.PatchDescriptionResult;
import dev.fovea.proto.v1.SiftDetector;
import dev.fovea.proto.v1.Vectors;
import dev.fovea.tests.contract.service.ServiceAnswer;
import dev.fovea.tests.contract.service.ServiceResult;
import dev.fovea.tests.contract.service.ServiceUnderTest;
import dev.fovea.tests.integration.Models;
import io.grpc.Channel;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The patch description service with SIFTNet: keypoints are exact, descriptors are numbers.
final class PatchDescriptionUnderTest implements ServiceUnderTest {

    private static final double DESCRIPTOR_TOLERANCE = 1e-4;

    @Override
    public String name() {
        return "patch-description";
    }

    @Override
    public String results() {
        return "fovea.patch-descriptions";
    }

    @Override
    public String resultType() {
        return "dev.fovea.patch-description.v1";
    }

    @Override
    public void buildModel(Path repository) {
        Models.build(repository, "siftnet");
    }

    @Override
    public Map<String, String> settings() {
        return Map.of();
    }

    @Override
    public ServiceResult result(byte[] value) throws InvalidProtocolBufferException {
        var result = PatchDescriptionResult.parseFrom(value);
        return new ServiceResult(
                result.getImageId(), answer(result.getModel(), result.getKeypointsList(), result.getDescriptors()));
    }

    @Override
    public ServiceAnswer call(Channel channel, ModelRef model, ByteString image) {
        DescribeResponse response = PatchDescriptionGrpc.newBlockingStub(channel)
                .describe(DescribeRequest.newBuilder()
                        .setModel(model)
                        .setImage(ImagePatches.newBuilder()
                                .setImage(ImageInput.newBuilder().setContent(image))
                                .setSift(SiftDetector.getDefaultInstance()))
                        .build());
        return answer(response.getModel(), response.getKeypointsList(), response.getDescriptors());
    }

    private static ServiceAnswer answer(ModelIdentity model, List<Keypoint> keypoints, Vectors descriptors) {
        if (descriptors.getCount() != keypoints.size()) {
            throw new AssertionError(descriptors.getCount() + " descriptors of " + keypoints.size() + " keypoints");
        }
        return new ServiceAnswer(
                model,
                keypoints,
                descriptors
                        .getData()
                        .asReadOnlyByteBuffer()
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asFloatBuffer(),
                DESCRIPTOR_TOLERANCE);
    }
}
