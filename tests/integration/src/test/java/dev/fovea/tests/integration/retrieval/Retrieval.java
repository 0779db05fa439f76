package dev.fovea.tests.integration.retrieval;

import com.google.protobuf.ByteString;
import dev.fovea.proto.v1.Acknowledgement;
import dev.fovea.proto.v1.Collection;
import dev.fovea.proto.v1.CollectionInfoRequest;
import dev.fovea.proto.v1.DeleteRequest;
import dev.fovea.proto.v1.EmbedRequest;
import dev.fovea.proto.v1.EmbedResponse;
import dev.fovea.proto.v1.GlobalRetrievalGrpc;
import dev.fovea.proto.v1.GlobalRetrievalGrpc.GlobalRetrievalBlockingStub;
import dev.fovea.proto.v1.ImageInput;
import dev.fovea.proto.v1.Parts;
import dev.fovea.proto.v1.ScanRequest;
import dev.fovea.proto.v1.ScanResponse;
import dev.fovea.proto.v1.StoredImage;
import io.grpc.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A client of the service: calls wait until it is there again.
record Retrieval(Channel channel) {

    private static final Parts ALL_PARTS = Parts.newBuilder()
            .setEmbedding(true)
            .setThumbnail(true)
            .setLocalFeatures(true)
            .build();
    private static final int PAGE = 37;
    private static final int LIMIT_SECONDS = 60;

    GlobalRetrievalBlockingStub stub() {
        return GlobalRetrievalGrpc.newBlockingStub(channel)
                .withWaitForReady()
                .withDeadlineAfter(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    EmbedResponse embed(ByteString file) {
        return stub().embed(EmbedRequest.newBuilder()
                .setImage(ImageInput.newBuilder().setContent(file))
                .build());
    }

    Collection collection() {
        return stub().collectionInfo(CollectionInfoRequest.getDefaultInstance()).getCollections(0);
    }

    /// Everything stored of every image, once searches see every write of before.
    List<StoredImage> everything() {
        awaitVisible();
        List<StoredImage> images = new ArrayList<>();
        var request = ScanRequest.newBuilder().setPageSize(PAGE).setParts(ALL_PARTS);
        ScanResponse page;
        do {
            page = stub().scan(request.build());
            images.addAll(page.getImagesList());
            request.setCursor(page.getNextCursor());
        } while (!page.getNextCursor().isEmpty());
        return images;
    }

    /// Deletes an image that nobody stored, visibly: what was written before is visible then.
    private void awaitVisible() {
        stub().delete(DeleteRequest.newBuilder()
                .setId("nobody")
                .setAcknowledgement(Acknowledgement.ACKNOWLEDGEMENT_VISIBLE)
                .build());
    }
}
