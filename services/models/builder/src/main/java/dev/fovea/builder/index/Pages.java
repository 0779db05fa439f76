package dev.fovea.builder.index;

import dev.fovea.builder.index.client.CallFailed;
import dev.fovea.builder.index.client.Repeats;
import dev.fovea.builder.index.client.RetrievalClient;
import dev.fovea.proto.v1.Parts;
import dev.fovea.proto.v1.ScanRequest;
import dev.fovea.proto.v1.ScanResponse;
import java.util.Optional;

/// The stored images of a collection, page by page. For one thread.
final class Pages {

    static final Parts EVERYTHING = Parts.newBuilder()
            .setEmbedding(true)
            .setThumbnail(true)
            .setLocalFeatures(true)
            .build();

    private final RetrievalClient client;
    private final Repeats repeats;
    private final ScanRequest.Builder request;
    private boolean last;

    /// @param parts wanted of each image
    Pages(RetrievalClient client, Repeats repeats, String collection, Parts parts) {
        this.client = client;
        this.repeats = repeats;
        this.request = ScanRequest.newBuilder().setCollection(collection).setParts(parts);
    }

    /// Empty after the last.
    Optional<ScanResponse> next() throws CallFailed, InterruptedException {
        if (last) {
            return Optional.empty();
        }
        ScanRequest page = request.build();
        ScanResponse answer = repeats.run(() -> client.call(stub -> stub.scan(page)));
        request.setCursor(answer.getNextCursor());
        last = answer.getNextCursor().isEmpty();
        return Optional.of(answer);
    }
}
