package dev.fovea.retrieval;

import dev.fovea.imaging.read.ImageReader;
import dev.fovea.inference.Deadline;
import dev.fovea.inference.ImageSource;
import dev.fovea.inference.Lane;
import dev.fovea.inference.StageTimings;
import dev.fovea.inference.Ticker;
import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.inference.lifecycle.ModelRef;
import dev.fovea.inference.lifecycle.Models;
import dev.fovea.inference.lifecycle.ServingModel;
import dev.fovea.retrieval.rerank.PayloadCodec;
import dev.fovea.retrieval.rerank.StoredPayload;
import dev.fovea.vectorindex.Embedding;
import dev.fovea.vectorindex.Filter;
import dev.fovea.vectorindex.IndexEntry;
import dev.fovea.vectorindex.Part;
import dev.fovea.vectorindex.Written;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Image in, embedding out, and from there into an index or to the images nearest to it: decode, preprocess, batch,
/// infer, then write, or search and re-rank.
///
/// Sequential on the caller's thread, which waits where the stages wait: for a fetched image, a CPU permit, a batch,
/// the index. It owns nothing and closes nothing. Any thread.
public final class GlobalRetrievalPipeline implements ImageRetriever {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Models models;
    private final ImagePreparation preparation;
    private final Collections collections;
    private final Surroundings surroundings;

    /// What the pipeline is given besides models and images.
    ///
    /// @param versions of writes that bring none
    public record Surroundings(RetrievalLimits limits, WriteVersions versions, IndexBackups backups, Ticker ticker) {}

    public GlobalRetrievalPipeline(
            Models models, ImageReader images, Collections collections, Surroundings surroundings) {
        this.models = models;
        this.preparation = new ImagePreparation(images);
        this.collections = collections;
        this.surroundings = surroundings;
    }

    @Override
    public EmbeddedImage embed(EmbeddingRequest request, Lane lane, Deadline deadline) throws InterruptedException {
        ModelRef wanted = request.model()
                .orElseGet(() -> collections.find(request.collection()).embedder());
        ServingModel model = embedder(wanted);
        var flight = InFlight.starting(lane, deadline, surroundings.ticker());
        // decode, preprocess
        PreparedImage image = preparation.prepare(request.image(), model.manifest(), flight);
        // batch, infer, postprocess
        return ImageEmbedding.of(image, model, flight);
    }

    @Override
    public WrittenImage write(ImageWrite write, Lane lane, Deadline deadline) throws InterruptedException {
        ImageCollection collection = collections.find(write.collection());
        collection.checks().requireWritable(write.id(), write.version());
        collection.checks().requireFits(write.metadata());
        var flight = InFlight.starting(lane, deadline, surroundings.ticker());
        // decode, preprocess, batch, infer, postprocess
        ImageContent content = content(collection, write.content(), flight);
        // write
        Written written = collection.index().upsert(entry(write, content), deadline);
        acknowledge(collection, write.acknowledgement(), deadline);
        int keypoints =
                content.payload().features().map(f -> f.keypoints().size()).orElse(0);
        return new WrittenImage(collection.name(), written, content.embedded(), keypoints);
    }

    @Override
    public Written delete(ImageRemoval removal, Deadline deadline) throws InterruptedException {
        ImageCollection collection = collections.find(removal.collection());
        collection.checks().requireWritable(removal.id(), removal.version());
        Written written = collection.index().delete(removal.id(), version(removal.version()), deadline);
        acknowledge(collection, removal.acknowledgement(), deadline);
        return written;
    }

    @Override
    public List<StoredImage> get(ImageLookup lookup, Deadline deadline) throws InterruptedException {
        ImageCollection collection = collections.find(lookup.collection());
        RetrievalLimits.requireIds(lookup.ids());
        lookup.ids().forEach(id -> collection.checks().requireWritable(id, 0));
        return collection.index().get(lookup.ids(), StoredImages.parts(lookup.parts()), deadline).stream()
                .map(entry -> StoredImages.image(entry, lookup.parts()))
                .toList();
    }

    @Override
    public RankedImages search(ImageQuery query, Lane lane, Deadline deadline) throws InterruptedException {
        ImageCollection collection = collections.find(query.collection());
        int results = surroundings.limits().results(query.k());
        int candidates = surroundings.limits().candidates(query.candidates(), results);
        RetrievalLimits.requireScore(query.minScore());
        query.filter().ifPresent(filter -> requireFits(filter, collection));
        var flight = InFlight.starting(lane, deadline, surroundings.ticker());
        // decode, preprocess, batch, infer, postprocess
        ImageContent content = content(collection, query.source(), flight);
        // search
        var reach = new StageOne.Reach(results, candidates, query.minScore(), StoredImages.parts(query.parts()));
        var found = new StageOne(collection, query, self(query.source()))
                .search(content.embedding(), reach, deadline, surroundings.ticker());
        List<RankedImage> ranked = found.hits().stream()
                .map(hit -> new RankedImage(StoredImages.image(hit.entry(), query.parts()), hit.score()))
                .toList();
        return new RankedImages(
                collection.name(),
                collection.model(),
                ranked,
                found.vector(),
                content.embedded().map(EmbeddedImage::image),
                content.embedded().map(EmbeddedImage::timings).orElse(StageTimings.NONE),
                found.nanos());
    }

    @Override
    public StoredPage scan(ImageScan scan, Deadline deadline) throws InterruptedException {
        ImageCollection collection = collections.find(scan.collection());
        scan.filter().ifPresent(filter -> requireFits(filter, collection));
        return Scanning.page(collection, scan, RetrievalLimits.page(scan.pageSize()), deadline);
    }

    @Override
    public List<CollectionSummary> collections(String collection, Deadline deadline) throws InterruptedException {
        var summaries = new ArrayList<CollectionSummary>();
        for (ImageCollection each : collections.list(collection)) {
            summaries.add(new CollectionSummary(
                    each,
                    collections.isDefault(each),
                    Optional.empty(),
                    each.index().stats(deadline)));
        }
        return List.copyOf(summaries);
    }

    @Override
    public BackupSummary backup(String collection, String name, Deadline deadline) throws InterruptedException {
        return surroundings.backups().backup(collections.find(collection).index(), name, deadline);
    }

    @Override
    public void makeDurable(String collection, Deadline deadline) throws InterruptedException {
        collections.find(collection).index().makeDurable(deadline);
    }

    private ImageContent content(ImageCollection collection, ImageWrite.Content content, InFlight flight)
            throws InterruptedException {
        return switch (content) {
            case ImageWrite.Content.OfImage(ImageSource image) -> described(collection, image, flight);
            case ImageWrite.Content.OfEmbedding(Embedding embedding) -> {
                collection.checks().requireDimension(embedding);
                yield ImageContent.of(embedding, StoredPayload.NONE);
            }
            case ImageWrite.Content.OfStored(StoredImage stored) -> {
                collection.checks().requireDimension(stored.embedding());
                yield ImageContent.of(stored.embedding(), stored.payload());
            }
        };
    }

    private ImageContent content(ImageCollection collection, QuerySource source, InFlight flight)
            throws InterruptedException {
        return switch (source) {
            case QuerySource.OfImage(ImageSource image) -> described(collection, image, flight);
            case QuerySource.OfEmbedding(Embedding embedding) -> {
                collection.checks().requireDimension(embedding);
                yield ImageContent.of(embedding, StoredPayload.NONE);
            }
            case QuerySource.OfStored(String id) -> stored(collection, id, flight.deadline());
        };
    }

    private ImageContent described(ImageCollection collection, ImageSource source, InFlight flight)
            throws InterruptedException {
        ServingModel model = embedder(collection.embedder());
        PreparedImage image = preparation.prepare(source, model.manifest(), flight);
        EmbeddedImage embedded = ImageEmbedding.of(image, model, flight);
        var payload = new StoredPayload(image.size(), Optional.empty(), NOTHING);
        return new ImageContent(embedded.embedding(), payload, Optional.of(embedded));
    }

    private static ImageContent stored(ImageCollection collection, String id, Deadline deadline)
            throws InterruptedException {
        collection.checks().requireWritable(id, 0);
        IndexEntry entry = collection.index().get(List.of(id), Set.of(Part.VECTOR), deadline).stream()
                .findFirst()
                .orElseThrow(() -> new InvalidInput(
                        "IMAGE_NOT_STORED",
                        "collection " + collection.name() + " holds no image \"" + id + "\"",
                        id,
                        collection.name()));
        return ImageContent.of(entry.vector(), StoredImages.payload(entry));
    }

    private IndexEntry entry(ImageWrite write, ImageContent content) {
        return new IndexEntry(
                write.id(),
                version(write.version()),
                content.embedding(),
                write.metadata(),
                PayloadCodec.encode(content.payload()));
    }

    private long version(long given) {
        return given == 0 ? surroundings.versions().next() : given;
    }

    private static void acknowledge(ImageCollection collection, Acknowledgement wanted, Deadline deadline)
            throws InterruptedException {
        if (wanted != Acknowledgement.WRITTEN) {
            collection.index().makeDurable(deadline);
        }
        if (wanted == Acknowledgement.VISIBLE) {
            collection.index().awaitVisible(deadline);
        }
    }

    private ServingModel embedder(ModelRef wanted) {
        ServingModel model = models.find(wanted);
        EmbeddingModels.problem(model.manifest()).ifPresent(problem -> {
            throw new InvalidInput(
                    "MODEL_NOT_EMBEDDER",
                    "model " + model.name() + "@" + model.version() + " cannot embed images: " + problem,
                    model.name(),
                    EmbeddingModels.TASK);
        });
        return model;
    }

    private static void requireFits(Filter filter, ImageCollection collection) {
        FilterLimits.require(filter);
        collection.checks().requireFits(filter);
    }

    private static Optional<String> self(QuerySource source) {
        return source instanceof QuerySource.OfStored(String id) ? Optional.of(id) : Optional.empty();
    }
}
