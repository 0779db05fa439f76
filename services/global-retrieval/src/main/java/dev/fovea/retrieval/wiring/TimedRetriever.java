package dev.fovea.retrieval.wiring;

import dev.fovea.inference.Deadline;
import dev.fovea.inference.Lane;
import dev.fovea.quarkus.metrics.StageMetrics;
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
import java.util.List;

/// Reports what answered requests cost and what writes came to. Any thread.
record TimedRetriever(ImageRetriever retriever, StageMetrics stages, RetrievalMetrics metrics)
        implements ImageRetriever {

    @Override
    public EmbeddedImage embed(EmbeddingRequest request, Lane lane, Deadline deadline) throws InterruptedException {
        EmbeddedImage embedded = retriever.embed(request, lane, deadline);
        stages.answered(embedded.timings(), lane);
        return embedded;
    }

    @Override
    public WrittenImage write(ImageWrite write, Lane lane, Deadline deadline) throws InterruptedException {
        WrittenImage written = retriever.write(write, lane, deadline);
        written.embedded().ifPresent(embedded -> stages.answered(embedded.timings(), lane));
        metrics.written("upsert", written.written().outcome());
        return written;
    }

    @Override
    public Written delete(ImageRemoval removal, Deadline deadline) throws InterruptedException {
        Written written = retriever.delete(removal, deadline);
        metrics.written("delete", written.outcome());
        return written;
    }

    @Override
    public List<StoredImage> get(ImageLookup lookup, Deadline deadline) throws InterruptedException {
        return retriever.get(lookup, deadline);
    }

    @Override
    public RankedImages search(ImageQuery query, Lane lane, Deadline deadline) throws InterruptedException {
        RankedImages ranked = retriever.search(query, lane, deadline);
        if (ranked.image().isPresent()) {
            stages.answered(ranked.timings(), lane);
        }
        metrics.searched(ranked);
        return ranked;
    }

    @Override
    public StoredPage scan(ImageScan scan, Deadline deadline) throws InterruptedException {
        return retriever.scan(scan, deadline);
    }

    @Override
    public List<CollectionSummary> collections(String collection, Deadline deadline) throws InterruptedException {
        return retriever.collections(collection, deadline);
    }

    @Override
    public BackupSummary backup(String collection, String name, Deadline deadline) throws InterruptedException {
        return retriever.backup(collection, name, deadline);
    }

    @Override
    public void makeDurable(String collection, Deadline deadline) throws InterruptedException {
        retriever.makeDurable(collection, deadline);
    }
}
