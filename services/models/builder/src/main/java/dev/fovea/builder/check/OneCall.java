package dev.fovea.builder.check;

import dev.fovea.builder.index.client.RetrievalClient;
import dev.fovea.proto.v1.ClassifyRequest;
import dev.fovea.proto.v1.ClassifyResponse;
import dev.fovea.proto.v1.DescribeRequest;
import dev.fovea.proto.v1.DescribeResponse;
import dev.fovea.proto.v1.EmbedRequest;
import dev.fovea.proto.v1.EmbedResponse;
import dev.fovea.proto.v1.FineGrainedClassificationGrpc;
import dev.fovea.proto.v1.GlobalRetrievalGrpc;
import dev.fovea.proto.v1.ImageInput;
import dev.fovea.proto.v1.ImagePatches;
import dev.fovea.proto.v1.PatchDescriptionGrpc;
import dev.fovea.proto.v1.SiftDetector;
import java.io.IOException;

/// One real call of each service, with its default model, and what is said of the answer.
enum OneCall {
    PATCH_DESCRIPTION("patch-description") {
        @Override
        String ask(RetrievalClient client, ImageInput picture) throws IOException, InterruptedException {
            var patches = ImagePatches.newBuilder()
                    .setImage(picture)
                    .setSift(SiftDetector.newBuilder().setMaxKeypoints(50));
            var request = DescribeRequest.newBuilder().setImage(patches).build();
            DescribeResponse answer = client.ask(PatchDescriptionGrpc::newBlockingStub, stub -> stub.describe(request));
            return "described " + answer.getDescriptors().getCount() + " keypoints";
        }
    },
    FINE_GRAINED_CLASSIFICATION("fine-grained-classification") {
        @Override
        String ask(RetrievalClient client, ImageInput picture) throws IOException, InterruptedException {
            var request = ClassifyRequest.newBuilder().setImage(picture).build();
            ClassifyResponse answer =
                    client.ask(FineGrainedClassificationGrpc::newBlockingStub, stub -> stub.classify(request));
            return "gave it " + answer.getLabelsCount() + " labels";
        }
    },
    GLOBAL_RETRIEVAL("global-retrieval") {
        @Override
        String ask(RetrievalClient client, ImageInput picture) throws IOException, InterruptedException {
            var request = EmbedRequest.newBuilder().setImage(picture).build();
            EmbedResponse answer = client.ask(GlobalRetrievalGrpc::newBlockingStub, stub -> stub.embed(request));
            return "embedded it in " + answer.getEmbedding().getDimension() + " numbers; its index has "
                    + client.collections("").size() + " collections";
        }
    };

    private final String service;

    OneCall(String service) {
        this.service = service;
    }

    /// Returns what the service did with the picture.
    ///
    /// @throws IOException if the call is not answered
    abstract String ask(RetrievalClient client, ImageInput picture) throws IOException, InterruptedException;

    /// @param service as it names itself
    /// @throws IOException if there is no such service
    static OneCall of(String service) throws IOException {
        for (OneCall call : values()) {
            if (call.service.equals(service)) {
                return call;
            }
        }
        throw new IOException("the service calls itself " + service + ", which this version does not know");
    }
}
