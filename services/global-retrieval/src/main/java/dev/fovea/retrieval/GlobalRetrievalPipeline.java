package dev.fovea.retrieval;

import dev.fovea.imaging.read.ImageReader;
import dev.fovea.inference.Deadline;
import dev.fovea.inference.ImageSource;
import dev.fovea.inference.Lane;
import dev.fovea.inference.StageTimings;
import dev.fovea.inference.Ticker;
import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.inference.lifecycle.ModelIdentity;
import dev.fovea.inference.lifecycle.ModelRef;
import dev.fovea.inference.lifecycle.ModelState;
import dev.fovea.inference.lifecycle.Models;
import dev.fovea.inference.lifecycle.ServingModel;
import dev.fovea.retrieval.rerank.LocalFeatures;
import dev.fovea.retrieval.rerank.PayloadCodec;
import dev.fovea.retrieval.rerank.Reranked;
import dev.fovea.retrieval.rerank.StoredPayload;
import dev.fovea.vectorindex.Embedding;
import dev.fovea.vectorindex.Filter;
import dev.fovea.vectorindex.Hit;
import dev.fovea.vectorindex.IndexEntry;
import dev.fovea.vectorindex.Part;
import dev.fovea.vectorindex.Written;
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
    private final Models models;
    private final ImagePreparation preparation;
    private final Collections collections;
    private final StageTwo stageTwo;
    private final Surroundings surroundings;

    /// What the pipeline is given besides models and images.
    ///
    /// @param versions of writes that bring none
    public record Surroundings(
            RetrievalLimits limits, StageTwo stageTwo, WriteVersions versions, IndexBackups backups, Ticker ticker) {}

    public GlobalRetrievalPipeline(
            Models models, ImageReader images, Collections collections, Surroundings surroundings) {
        this.models = models;
        this.preparation = new ImagePreparation(images);
        this.collections = collections;
        this.stageTwo = surroundings.stageTwo();
        this.surroundings = surroundings;
    }

    @Override
    public EmbeddedImage embed(EmbeddingRequest request, Lane lane, Deadline deadline) throws InterruptedException {
        ModelRef wanted = request.model()
                .orElseGet(() -> collections.find(request.collection()).embedder());
        ServingModel model = embedder(wanted);
        var flight = InFlight.starting(lane, deadline, surroundings.ticker());
        // decode, preprocess
        PreparedImage image = preparation.prepare(request.image(), model.manifest(), Keeping.NOTHING, flight);
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
        collection.acknowledge(write.acknowledgement(), deadline);
        int keypoints =
                content.payload().features().map(f -> f.keypoints().size()).orElse(0);
        return new WrittenImage(collection.name(), written, content.embedded(), keypoints);
    }

    @Override
    public Written delete(ImageRemoval removal, Deadline deadline) throws InterruptedException {
        ImageCollection collection = collections.find(removal.collection());
        collection.checks().requireWritable(removal.id(), removal.version());
        Written written = collection.index().delete(removal.id(), version(removal.version()), deadline);
        collection.acknowledge(removal.acknowledgement(), deadline);
        return written;
    }

    @Override
    public List<StoredImage> get(ImageLookup lookup, Deadline deadline) throws InterruptedException {
        ImageCollection collection = collections.find(lookup.collection());
        RetrievalLimits.requireIds(lookup.ids());
        lookup.ids().forEach(collection.checks()::requireId);
        return StoredImages.get(collection, lookup, deadline);
    }

    @Override
    public RankedImages search(ImageQuery query, Lane lane, Deadline deadline) throws InterruptedException {
        ImageCollection collection = collections.find(query.collection());
        var flight = InFlight.starting(lane, deadline, surroundings.ticker());
        SearchPlan plan = SearchPlan.of(query, collection, surroundings.limits(), stageTwo.rules());
        // decode, preprocess, batch, infer, postprocess
        ImageContent content = content(collection, query.source(), plan, flight);
        // search
        var found = new StageOne(collection, query, self(query.source()))
                .search(content.embedding(), plan.reach(), deadline, surroundings.ticker());
        // re-rank
        Optional<StageTwo.Ranking> ranking = rank(collection, content, found.hits(), plan, flight);
        List<StageTwo.Placed> best = ranking.map(StageTwo.Ranking::best).orElseGet(() -> found.hits().stream()
                .limit(plan.results())
                .map(StageTwo.Placed::asFound)
                .toList());
        return new RankedImages(
                collection.name(),
                collection.model(),
                StoredImages.ranked(collection, best, plan, query.parts(), deadline),
                found.vector(),
                content.embedded().map(EmbeddedImage::image),
                ranking.map(ranked -> summary(content, ranked.reranked())),
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
                    localModel(each),
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
            case ImageWrite.Content.OfImage(ImageSource image) ->
                described(collection, image, stageTwo.toStore(collection.settings()), flight);
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

    private ImageContent content(ImageCollection collection, QuerySource source, SearchPlan plan, InFlight flight)
            throws InterruptedException {
        return switch (source) {
            case QuerySource.OfImage(ImageSource image) ->
                described(collection, image, stageTwo.toSearch(collection.settings(), plan.rerank()), flight);
            case QuerySource.OfEmbedding(Embedding embedding) -> {
                collection.checks().requireDimension(embedding);
                yield ImageContent.of(embedding, StoredPayload.NONE);
            }
            case QuerySource.OfStored(String id) ->
                stored(collection, id, plan.rerank().isPresent(), flight.deadline());
        };
    }

    /// Decode, preprocess, batch, infer, postprocess; then the local features of the same decoded image.
    private ImageContent described(ImageCollection collection, ImageSource source, Keeping keeping, InFlight flight)
            throws InterruptedException {
        ServingModel model = embedder(collection.embedder());
        PreparedImage image = preparation.prepare(source, model.manifest(), keeping, flight);
        EmbeddedImage embedded = ImageEmbedding.of(image, model, flight);
        Optional<LocalFeatures> features = image.local().isEmpty()
                ? Optional.empty()
                : Optional.of(image.local().get().describe(flight.lane(), flight.deadline()));
        var payload = new StoredPayload(image.size(), features, image.thumbnail());
        return new ImageContent(embedded.embedding(), payload, Optional.of(embedded));
    }

    private static ImageContent stored(ImageCollection collection, String id, boolean whole, Deadline deadline)
            throws InterruptedException {
        collection.checks().requireId(id);
        Set<Part> parts = whole ? Set.of(Part.VECTOR, Part.PAYLOAD) : Set.of(Part.VECTOR);
        IndexEntry entry = collection.index().get(List.of(id), parts, deadline).stream()
                .findFirst()
                .orElseThrow(() -> new InvalidInput(
                        "IMAGE_NOT_STORED",
                        "collection " + collection.name() + " holds no image \"" + id + "\"",
                        id,
                        collection.name()));
        return ImageContent.of(entry.vector(), StoredImages.payload(entry));
    }

    /// Empty where nothing is re-ranked: not wanted, or not possible of a stored query without local features.
    private Optional<StageTwo.Ranking> rank(
            ImageCollection collection, ImageContent content, List<Hit> hits, SearchPlan plan, InFlight flight)
            throws InterruptedException {
        if (plan.rerank().isEmpty()) {
            return Optional.empty();
        }
        if (content.payload().features().isEmpty()) {
            if (plan.insists()) {
                throw RerankRules.unsupported("the stored query has no local descriptors", collection.name());
            }
            return Optional.empty();
        }
        var wanted = new StageTwo.Wanted(plan.rerank().get(), plan.results());
        return Optional.of(stageTwo.rank(collection, content.payload(), hits, wanted, flight));
    }

    private static RerankSummary summary(ImageContent content, Reranked reranked) {
        LocalFeatures query = content.payload().features().orElseThrow();
        return new RerankSummary(
                query.model(),
                query.keypoints().size(),
                reranked.verified(),
                reranked.timeLimitReached(),
                reranked.took());
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

    /// The model that makes local descriptors in this process; empty while it does not serve, or is elsewhere.
    private Optional<ModelIdentity> localModel(ImageCollection collection) {
        return collection.settings().localModel().flatMap(wanted -> models.all().stream()
                .filter(model -> model.name().equals(wanted.name()))
                .filter(model -> model.state() instanceof ModelState.Serving)
                .map(ModelIdentity::of)
                .findFirst());
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
