package dev.fovea.patches.rpc;

import dev.fovea.grpc.ImageInputMapping;
import dev.fovea.grpc.ModelMapping;
import dev.fovea.grpc.TimingsMapping;
import dev.fovea.grpc.VectorsMapping;
import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.inference.lifecycle.ModelRef;
import dev.fovea.patches.DescribedPatches;
import dev.fovea.patches.PatchLimits;
import dev.fovea.patches.PatchRequest;
import dev.fovea.patches.wire.KeypointMapping;
import dev.fovea.proto.v1.DescribeRequest;
import dev.fovea.proto.v1.DescribeResponse;
import dev.fovea.proto.v1.ElementType;
import dev.fovea.proto.v1.Patches;

/// `Describe` between its messages and the port's records.
final class DescribeMapping {
    private final KeypointSourceMapping keypoints;

    DescribeMapping(PatchLimits limits) {
        this.keypoints = new KeypointSourceMapping(limits);
    }

    /// @throws InvalidInput naming the field that is missing or wrong
    PatchRequest request(DescribeRequest message) {
        VectorsMapping.requireKnown(message.getElementType());
        ModelRef model = ModelMapping.ref(message.getModel());
        return switch (message.getInputCase()) {
            case PATCHES -> patches(model, message.getPatches());
            case IMAGE ->
                new PatchRequest.OfImage(
                        model,
                        ImageInputMapping.source(message.getImage().getImage()),
                        keypoints.source(message.getImage()));
            case INPUT_NOT_SET ->
                throw new InvalidInput("INPUT_MISSING", "the request has neither patches nor an image", "", "");
        };
    }

    static DescribeResponse response(String id, DescribedPatches described, ElementType elementType) {
        var response = DescribeResponse.newBuilder()
                .setId(id)
                .setModel(ModelMapping.identity(described.model()))
                .addAllKeypoints(KeypointMapping.messages(described.keypoints()))
                .setDescriptors(VectorsMapping.vectors(
                        described.descriptors().values(),
                        described.descriptors().dimension(),
                        elementType))
                .setTimings(TimingsMapping.timings(described.timings()));
        described.image().ifPresent(size -> response.setImageWidth(size.widthPx())
                .setImageHeight(size.heightPx()));
        return response.build();
    }

    private static PatchRequest patches(ModelRef model, Patches message) {
        // No model takes patches of 2^31 px: the largest int fails the comparison just as well.
        int size = message.getSize() < 0 ? Integer.MAX_VALUE : message.getSize();
        return new PatchRequest.OfPatches(model, size, message.getData().asReadOnlyByteBuffer());
    }
}
