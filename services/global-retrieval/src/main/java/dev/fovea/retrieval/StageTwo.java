package dev.fovea.retrieval;

import dev.fovea.inference.Permits;
import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.retrieval.rerank.LocalFeatureExtractor;
import dev.fovea.retrieval.rerank.LocalFeatures;
import dev.fovea.retrieval.rerank.Reranked;
import dev.fovea.retrieval.rerank.Reranker;
import dev.fovea.retrieval.rerank.StoredPayload;
import dev.fovea.retrieval.rerank.Verification;
import dev.fovea.retrieval.rerank.VerifiedPicture;
import dev.fovea.vectorindex.Hit;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The second stage of a search: local features of images, and the best candidates put in order by them. Any thread.
///
/// @param extractors what makes a collection's local features; empty where it keeps none
/// @param pictures how inliers are drawn
/// @param cpu under which they are
public record StageTwo(
        Function<CollectionSettings, Optional<LocalFeatureExtractor>> extractors,
        Reranker reranker,
        RerankRules rules,
        VerifiedPicture pictures,
        Permits cpu) {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /// A hit at its place.
    record Placed(Hit hit, Optional<Verification> verification, ByteBuffer picture) {
        static Placed asFound(Hit hit) {
            return new Placed(hit, Optional.empty(), NOTHING);
        }
    }

    /// @param best best first
    record Ranking(List<Placed> best, Reranked reranked) {}

    /// What is kept of an image that is stored.
    Keeping toStore(CollectionSettings collection) {
        StageTwoSettings kept = collection.rerank();
        return new Keeping(extractors.apply(collection), kept.keypoints(), kept.thumbnailSidePx());
    }

    /// What is made of an image that is searched with.
    Keeping toSearch(CollectionSettings collection, Optional<RerankPlan> plan) {
        return plan.map(wanted -> new Keeping(
                        extractors.apply(collection),
                        wanted.limits().keypoints(),
                        wanted.pictures() == 0 ? 0 : pictures.side()))
                .orElse(Keeping.NOTHING);
    }

    /// @param hits as stage one found them, best first
    /// @param wanted of the answer
    Ranking rank(ImageCollection collection, StoredPayload query, List<Hit> hits, Wanted wanted, InFlight flight)
            throws InterruptedException {
        LocalFeatures features = query.features().orElseThrow();
        var candidates = new SteppedPayloads(collection, hits, flight.deadline());
        Reranked reranked =
                reranker.rerank(features, candidates, wanted.plan().limits(), flight.lane(), flight.deadline());
        List<Reranked.Place> places =
                reranked.order().stream().limit(wanted.results()).toList();
        List<Hit> ordered =
                places.stream().map(place -> hits.get(place.candidate())).toList();
        var drawn = new SteppedPayloads(
                collection, ordered.subList(0, Math.min(wanted.plan().pictures(), ordered.size())), flight.deadline());
        List<Placed> best = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            Optional<Verification> verification = places.get(i).verification();
            ByteBuffer picture = i < wanted.plan().pictures() && verification.isPresent()
                    ? picture(query, ordered.get(i), drawn.payload(i), verification.get(), flight)
                    : NOTHING;
            best.add(new Placed(ordered.get(i), verification, picture));
        }
        return new Ranking(best, reranked);
    }

    /// @param results of the answer
    record Wanted(RerankPlan plan, int results) {}

    private ByteBuffer picture(
            StoredPayload query, Hit hit, StoredPayload payload, Verification verification, InFlight flight)
            throws InterruptedException {
        boolean drawable = query.thumbnail().hasRemaining()
                && payload.thumbnail().hasRemaining()
                && payload.features().isPresent();
        if (!drawable) {
            return NOTHING;
        }
        flight.requireWanted("the inliers were drawn");
        try (var _ = cpu.acquire(flight.lane(), flight.deadline())) {
            return ByteBuffer.wrap(pictures.draw(
                    new VerifiedPicture.Shown(query.features().orElseThrow(), query.thumbnail()),
                    new VerifiedPicture.Shown(payload.features().orElseThrow(), payload.thumbnail()),
                    hit.entry().id(),
                    hit.score(),
                    verification));
        } catch (InvalidInput undecodable) { // a stored thumbnail may be a caller's; it must not fail others' searches
            return NOTHING;
        }
    }
}
