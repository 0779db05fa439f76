package dev.fovea.retrieval.wiring;

import dev.fovea.inference.Deadline;
import dev.fovea.inference.Lane;
import dev.fovea.retrieval.BackupSummary;
import dev.fovea.retrieval.CollectionSummary;
import dev.fovea.retrieval.EmbeddedImage;
import dev.fovea.retrieval.EmbeddingRequest;
import dev.fovea.retrieval.ImageLookup;
import dev.fovea.retrieval.ImageQuery;
import dev.fovea.retrieval.ImageRemoval;
import dev.fovea.retrieval.ImageRetriever;
import dev.fovea.retrieval.ImageScan;
import dev.fovea.retrieval.ImageWrite;
import dev.fovea.retrieval.RankedImages;
import dev.fovea.retrieval.StoredImage;
import dev.fovea.retrieval.StoredPage;
import dev.fovea.retrieval.WrittenImage;
import dev.fovea.vectorindex.Written;
import jakarta.inject.Provider;
import java.util.List;

/// Asks for the retriever when it is needed: gRPC services are created on an event loop, which must not wait for
/// OpenCV's natives or for an engine. Any thread.
record DeferredRetriever(Provider<ImageRetriever> retriever) implements ImageRetriever {

    @Override
    public EmbeddedImage embed(EmbeddingRequest request, Lane lane, Deadline deadline) throws InterruptedException {
        return retriever.get().embed(request, lane, deadline);
    }

    @Override
    public WrittenImage write(ImageWrite write, Lane lane, Deadline deadline) throws InterruptedException {
        return retriever.get().write(write, lane, deadline);
    }

    @Override
    public Written delete(ImageRemoval removal, Deadline deadline) throws InterruptedException {
        return retriever.get().delete(removal, deadline);
    }

    @Override
    public List<StoredImage> get(ImageLookup lookup, Deadline deadline) throws InterruptedException {
        return retriever.get().get(lookup, deadline);
    }

    @Override
    public RankedImages search(ImageQuery query, Lane lane, Deadline deadline) throws InterruptedException {
        return retriever.get().search(query, lane, deadline);
    }

    @Override
    public StoredPage scan(ImageScan scan, Deadline deadline) throws InterruptedException {
        return retriever.get().scan(scan, deadline);
    }

    @Override
    public List<CollectionSummary> collections(String collection, Deadline deadline) throws InterruptedException {
        return retriever.get().collections(collection, deadline);
    }

    @Override
    public BackupSummary backup(String collection, String name, Deadline deadline) throws InterruptedException {
        return retriever.get().backup(collection, name, deadline);
    }

    @Override
    public void makeDurable(String collection, Deadline deadline) throws InterruptedException {
        retriever.get().makeDurable(collection, deadline);
    }
}
