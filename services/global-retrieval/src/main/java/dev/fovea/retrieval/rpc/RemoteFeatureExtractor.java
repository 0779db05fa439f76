package dev.fovea.retrieval.rpc;

import com.google.protobuf.UnsafeByteOperations;
import dev.fovea.grpc.ModelMapping;
import dev.fovea.grpc.RemoteFailure;
import dev.fovea.grpc.VectorsMapping;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageSize;
import dev.fovea.imaging.patch.Keypoint;
import dev.fovea.inference.Deadline;
import dev.fovea.inference.Ticker;
import dev.fovea.inference.failure.ModelFailed;
import dev.fovea.inference.lifecycle.ModelRef;
import dev.fovea.proto.v1.DescribeRequest;
import dev.fovea.proto.v1.DescribeResponse;
import dev.fovea.proto.v1.ElementType;
import dev.fovea.proto.v1.ImageInput;
import dev.fovea.proto.v1.ImagePatches;
import dev.fovea.proto.v1.KeypointList;
import dev.fovea.proto.v1.PatchDescriptionGrpc;
import dev.fovea.proto.v1.PatchDescriptionGrpc.PatchDescriptionBlockingStub;
import dev.fovea.retrieval.rerank.KeypointSearch;
import dev.fovea.retrieval.rerank.LocalFeatureExtractor;
import dev.fovea.retrieval.rerank.LocalFeatures;
import dev.fovea.retrieval.rerank.QuantizedDescriptors;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Describes keypoints by the patch description service.
///
/// The keypoints are found here, so that the features are the same as in process; what travels is the grey
/// working image as PNG (at most a million pixels) with the keypoints, whatever file the image came as. Any
/// thread; whoever made the channel closes it.
public final class RemoteFeatureExtractor implements LocalFeatureExtractor {

    private final PatchDescriptionBlockingStub service;
    private final String name;
    private final ModelRef model;
    private final KeypointSearch search;
    private final Ticker ticker;

    /// @param target of the channel, as messages name it
    /// @param model of that service
    public RemoteFeatureExtractor(
            Channel channel, String target, ModelRef model, KeypointSearch search, Ticker ticker) {
        this.service = PatchDescriptionGrpc.newBlockingStub(channel);
        this.name = "the patch description service at " + target;
        this.model = model;
        this.search = search;
        this.ticker = ticker;
    }

    @Override
    public Prepared prepare(Image image, int keypoints) {
        try (var found = search.search(image, keypoints)) {
            DescribeRequest request = request(found.greyPng(), found.keypoints());
            ImageSize full = found.full();
            List<Keypoint> located = found.located();
            return (_, deadline) -> features(full, located, call(request, deadline));
        }
    }

    private DescribeRequest request(byte[] png, List<Keypoint> keypoints) {
        var given = KeypointList.newBuilder();
        for (Keypoint keypoint : keypoints) {
            given.addKeypoints(dev.fovea.proto.v1.Keypoint.newBuilder()
                    .setX(keypoint.x())
                    .setY(keypoint.y())
                    .setSize(keypoint.size())
                    .setAngle(keypoint.angleDegrees())
                    .setResponse(keypoint.response()));
        }
        return DescribeRequest.newBuilder()
                .setModel(dev.fovea.proto.v1.ModelRef.newBuilder()
                        .setName(model.name())
                        .setVersion(model.version()))
                .setImage(ImagePatches.newBuilder()
                        .setImage(ImageInput.newBuilder().setContent(UnsafeByteOperations.unsafeWrap(png)))
                        .setGiven(given))
                .setElementType(ElementType.ELEMENT_TYPE_FLOAT32)
                .build();
    }

    private DescribeResponse call(DescribeRequest request, Deadline deadline) throws InterruptedException {
        deadline.requireWanted(ticker, name + " was asked");
        try {
            return service.withDeadlineAfter(deadline.remainingNanos(ticker), TimeUnit.NANOSECONDS)
                    .describe(request);
        } catch (StatusRuntimeException failed) {
            if (Thread.interrupted()) {
                throw new InterruptedException("nobody waits for " + name + " any more");
            }
            throw RemoteFailure.of(name, failed);
        }
    }

    private LocalFeatures features(ImageSize full, List<Keypoint> located, DescribeResponse response) {
        var vectors = response.getDescriptors();
        if (vectors.getCount() != located.size() || vectors.getDimension() < 1) {
            String answer = vectors.getCount() + " descriptors of dimension " + vectors.getDimension();
            throw new ModelFailed(
                    name + " answered " + answer + " for " + located.size() + " keypoints",
                    new IllegalStateException(answer));
        }
        return new LocalFeatures(
                ModelMapping.identity(response.getModel()),
                full,
                located,
                QuantizedDescriptors.of(VectorsMapping.floats(vectors), vectors.getDimension()));
    }
}
