package dev.fovea.retrieval;

import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.retrieval.rerank.RerankLimits;
import java.time.Duration;
import java.util.Optional;

/// How much stage two may do for one search, and what it does if the search names no number.
///
/// @param candidates verified by default; 1 to `maxCandidates`
/// @param maxCandidates 1 to 1,000
/// @param keypoints matched of an image, by default and at most; 1 to 4,096
/// @param time by default and at most
/// @param maxPictures 0 to 100
public record RerankRules(int candidates, int maxCandidates, int keypoints, Duration time, int maxPictures) {
    private static final int MOST_CANDIDATES = 1_000;

    /// @throws IllegalArgumentException if there are more candidates by default than allowed
    public RerankRules {
        if (maxCandidates < 1 || maxCandidates > MOST_CANDIDATES || candidates < 1 || candidates > maxCandidates) {
            throw new IllegalArgumentException("re-ranking of " + candidates + " candidates by default, at most "
                    + maxCandidates + ": 1 to the most, which is 1 to " + MOST_CANDIDATES);
        }
    }

    /// 50 of at most 200 candidates, 400 keypoints, 2 s, 20 pictures.
    public static RerankRules defaults() {
        return new RerankRules(50, 200, 400, Duration.ofSeconds(2), 20);
    }

    /// Empty: the search is not re-ranked.
    ///
    /// @throws InvalidInput `RERANK_UNSUPPORTED`, `RERANK_CANDIDATES_TOO_MANY`, `RERANK_KEYPOINTS_TOO_MANY`,
    ///     `RERANK_TIME_TOO_LONG` or `RERANK_PICTURES_TOO_MANY`
    Optional<RerankPlan> plan(ImageQuery query, CollectionSettings collection) {
        RerankRequest asked = query.rerank();
        Optional<String> impossible = impossible(query.source(), collection);
        return switch (asked.mode()) {
            case OFF -> Optional.empty();
            case AS_CONFIGURED ->
                collection.rerank().byDefault() && impossible.isEmpty() ? Optional.of(plan(asked)) : Optional.empty();
            case ON -> {
                impossible.ifPresent(reason -> {
                    throw unsupported(reason, collection.name());
                });
                yield Optional.of(plan(asked));
            }
        };
    }

    static InvalidInput unsupported(String reason, String collection) {
        return new InvalidInput("RERANK_UNSUPPORTED", "the search cannot be re-ranked: " + reason, reason, collection);
    }

    private static Optional<String> impossible(QuerySource source, CollectionSettings collection) {
        if (collection.localModel().isEmpty()) {
            return Optional.of("collection " + collection.name() + " keeps no local descriptors (no local-model)");
        }
        return source instanceof QuerySource.OfEmbedding
                ? Optional.of("an embedding has no local descriptors; send the image")
                : Optional.empty();
    }

    private RerankPlan plan(RerankRequest asked) {
        requireAtMost("RERANK_CANDIDATES_TOO_MANY", "candidates", asked.candidates(), maxCandidates);
        requireAtMost("RERANK_KEYPOINTS_TOO_MANY", "keypoints", asked.keypoints(), keypoints);
        requireAtMost("RERANK_TIME_TOO_LONG", "ms", asked.timeLimitMillis(), time.toMillis());
        requireAtMost("RERANK_PICTURES_TOO_MANY", "pictures", asked.pictures(), maxPictures);
        var limits = new RerankLimits(
                asked.candidates() == 0 ? candidates : (int) asked.candidates(),
                asked.keypoints() == 0 ? keypoints : (int) asked.keypoints(),
                asked.timeLimitMillis() == 0 ? time : Duration.ofMillis(asked.timeLimitMillis()));
        return new RerankPlan(limits, (int) asked.pictures());
    }

    private static void requireAtMost(String code, String unit, long asked, long limit) {
        if (asked > limit) {
            throw new InvalidInput(
                    code,
                    "re-ranking with " + asked + " " + unit + " asked for; the limit is " + limit + " " + unit,
                    asked + " " + unit,
                    limit + " " + unit);
        }
    }
}
