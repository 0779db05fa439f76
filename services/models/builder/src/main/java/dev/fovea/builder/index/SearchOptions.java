package dev.fovea.builder.index;

import dev.fovea.builder.index.filter.FilterText;
import dev.fovea.proto.v1.QueryExpansion;
import dev.fovea.proto.v1.Rerank;
import dev.fovea.proto.v1.RerankMode;
import dev.fovea.proto.v1.SearchRequest;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Options that say how is searched.
final class SearchOptions {

    @Option(names = "--k", paramLabel = "N", defaultValue = "10", description = "Results. Default: ${DEFAULT-VALUE}.")
    private int k;

    @Option(
            names = "--filter",
            paramLabel = "CONDITION",
            description =
                    "On metadata, for example: price >= 10 and (kind in (\"a\", \"b\")) and not sold. Comparisons "
                            + "are = != > >= < <= and in; values are \"texts\", numbers and times (2026-11-21); a field alone "
                            + "means that its text is true.")
    private Optional<String> filter = Optional.empty();

    @Option(
            names = "--rerank",
            negatable = true,
            description = "Verify the best candidates by their local descriptors, or do not. Default: as the "
                    + "collection is configured.")
    private Optional<Boolean> rerank = Optional.empty();

    @Option(names = "--exact", description = "Compare with every stored embedding instead of asking the graph.")
    private boolean exact;

    @Option(
            names = "--expand",
            paramLabel = "N",
            description = "Search again with the query averaged with its N nearest, 1 to 100.")
    private Optional<Integer> expand = Optional.empty();

    @Option(
            names = "--alpha",
            paramLabel = "A",
            defaultValue = "3",
            description = "With --expand: exponent of the score, 0 to 10; 0: the plain average. Default: "
                    + "${DEFAULT-VALUE}.")
    private float alpha;

    @Option(names = "--min-score", paramLabel = "S", description = "Leave out results with a smaller score, -1 to 1.")
    private Optional<Float> minScore = Optional.empty();

    /// @throws IllegalArgumentException if one is out of range, or the filter cannot be read
    void check() {
        if (k < 1) {
            throw new IllegalArgumentException("--k " + k + " is below 1");
        }
        expand.ifPresent(neighbours -> AugmentCollection.requireExpansion("--expand", neighbours, alpha));
        if (minScore.isPresent() && !(Math.abs(minScore.get()) <= 1)) {
            throw new IllegalArgumentException("--min-score " + minScore.get() + " is outside -1 to 1");
        }
        filter.ifPresent(FilterText::parse);
    }

    /// @param pictures of matches that are wanted
    void put(SearchRequest.Builder request, int pictures) {
        request.setK(k).setExact(exact);
        filter.map(FilterText::parse).ifPresent(request::setFilter);
        minScore.ifPresent(request::setMinScore);
        expand.ifPresent(neighbours -> request.setExpansion(
                QueryExpansion.newBuilder().setNeighbours(neighbours).setAlpha(alpha)));
        if (rerank.isPresent() || pictures > 0) {
            request.setRerank(Rerank.newBuilder().setMode(mode()).setPictures(Math.min(k, pictures)));
        }
    }

    /// As it was given; empty without one.
    String filter() {
        return filter.orElse("");
    }

    private RerankMode mode() {
        return rerank.map(on -> on ? RerankMode.RERANK_MODE_ON : RerankMode.RERANK_MODE_OFF)
                .orElse(RerankMode.RERANK_MODE_UNSPECIFIED);
    }
}
