package dev.fovea.tests.integration.retrieval;

import com.google.protobuf.ByteString;
import dev.fovea.proto.v1.SearchRequest;
import dev.fovea.tests.contract.service.EventLoad;
import java.util.concurrent.atomic.AtomicInteger;

/// One search after another; the first that fails ends it.
///
/// One thread runs it; any thread may tell of the loss, stop it and ask for the count.
final class RepeatedSearches implements Runnable {

    private final Retrieval retrieval;
    private final SearchRequest request;
    private final AtomicInteger afterTheLoss = new AtomicInteger();
    private volatile boolean stopped;
    private volatile boolean lost;

    RepeatedSearches(Retrieval retrieval) {
        this.retrieval = retrieval;
        ByteString image = ByteString.copyFrom(EventLoad.images(7).getFirst());
        this.request = SearchRequest.newBuilder()
                .setEmbedding(retrieval.embed(image).getEmbedding())
                .build();
    }

    @Override
    public void run() {
        while (!stopped) {
            boolean after = lost;
            retrieval.stub().search(request);
            if (after) {
                afterTheLoss.incrementAndGet();
            }
        }
    }

    void managerIsLost() {
        lost = true;
    }

    void stop() {
        stopped = true;
    }

    /// Searches that began after the loss and were answered.
    int answeredAfterTheLoss() {
        return afterTheLoss.get();
    }
}
