package dev.fovea.tests.chart.kubelet;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import dev.fovea.proto.v1.ClassifyRequest;
import dev.fovea.proto.v1.DescribeRequest;
import dev.fovea.proto.v1.EmbedRequest;
import dev.fovea.proto.v1.FineGrainedClassificationGrpc;
import dev.fovea.proto.v1.GlobalRetrievalGrpc;
import dev.fovea.proto.v1.ImageInput;
import dev.fovea.proto.v1.ImagePatches;
import dev.fovea.proto.v1.PatchDescriptionGrpc;
import dev.fovea.proto.v1.SiftDetector;
import io.grpc.Channel;
import java.util.concurrent.TimeUnit;

/// The three services, as callers see them.
enum Service {
    PATCH_DESCRIPTION("patch-description", "patch-descriptions") {
        @Override
        Message call(Channel channel) {
            return PatchDescriptionGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(LIMIT_SECONDS, TimeUnit.SECONDS)
                    .describe(DescribeRequest.newBuilder()
                            .setImage(ImagePatches.newBuilder()
                                    .setImage(image())
                                    .setSift(SiftDetector.getDefaultInstance()))
                            .build());
        }
    },
    FINE_GRAINED_CLASSIFICATION("fine-grained-classification", "classifications") {
        @Override
        Message call(Channel channel) {
            return FineGrainedClassificationGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(LIMIT_SECONDS, TimeUnit.SECONDS)
                    .classify(ClassifyRequest.newBuilder().setImage(image()).build());
        }
    },
    GLOBAL_RETRIEVAL("global-retrieval", "embeddings") {
        @Override
        Message call(Channel channel) {
            return GlobalRetrievalGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(LIMIT_SECONDS, TimeUnit.SECONDS)
                    .embed(EmbedRequest.newBuilder().setImage(image()).build());
        }
    };

    private static final int LIMIT_SECONDS = 60;

    private final String component;
    private final String results;

    Service(String component, String results) {
        this.component = component;
        this.results = results;
    }

    /// Its name in labels, groups and folders.
    String component() {
        return component;
    }

    /// Topic of its results, after the prefix.
    String results() {
        return results;
    }

    /// Asks for what an event is answered with.
    ///
    /// @throws io.grpc.StatusRuntimeException as the service refuses or fails
    abstract Message call(Channel channel);

    private static ImageInput image() {
        ByteString file = Images.one();
        return ImageInput.newBuilder().setContent(file).build();
    }
}
