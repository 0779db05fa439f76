package dev.fovea.retrieval.wire;

import com.google.protobuf.UnsafeByteOperations;
import dev.fovea.grpc.ImageInputMapping;
import dev.fovea.grpc.ModelMapping;
import dev.fovea.grpc.TimingsMapping;
import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.proto.v1.Rerank;
import dev.fovea.proto.v1.SearchRequest;
import dev.fovea.proto.v1.SearchResponse;
import dev.fovea.proto.v1.SearchResult;
import dev.fovea.retrieval.ImageQuery;
import dev.fovea.retrieval.QueryExpansion;
import dev.fovea.retrieval.QuerySource;
import dev.fovea.retrieval.RankedImage;
import dev.fovea.retrieval.RankedImages;
import dev.fovea.retrieval.RerankRequest;
import dev.fovea.retrieval.RerankSummary;
import dev.fovea.retrieval.rerank.Verification;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A search between its messages and the port's records.
public final class SearchMapping {
    private static final float ANY_SCORE = -1;

    private SearchMapping() {}

    /// @throws InvalidInput naming the field that is missing or wrong
    public static ImageQuery query(SearchRequest message) {
        return new ImageQuery(
                message.getCollection(),
                source(message),
                Integer.toUnsignedLong(message.getK()),
                Integer.toUnsignedLong(message.getCandidates()),
                message.getExact(),
                message.hasMinScore() ? message.getMinScore() : ANY_SCORE,
                message.hasFilter() ? Optional.of(FilterMapping.filter(message.getFilter())) : Optional.empty(),
                expansion(message),
                rerank(message.getRerank()),
                PartsMapping.parts(message.getParts()));
    }

    /// @param asked whose id is returned
    public static SearchResponse response(SearchRequest asked, RankedImages ranked) {
        var response = SearchResponse.newBuilder()
                .setId(asked.getId())
                .setCollection(ranked.collection())
                .setModel(ModelMapping.identity(ranked.model()))
                .setTimings(TimingsMapping.timings(ranked.timings()))
                .setSearchMicros(TimeUnit.NANOSECONDS.toMicros(ranked.searchNanos()));
        ranked.results().forEach(result -> response.addResults(result(result)));
        ranked.image().ifPresent(size -> response.setImageWidth(size.widthPx()).setImageHeight(size.heightPx()));
        ranked.rerank().ifPresent(summary -> response.setRerank(message(summary)));
        if (asked.getQueryEmbedding()) {
            response.setQueryEmbedding(EmbeddingMapping.message(ranked.searchedWith()));
        }
        return response.build();
    }

    private static QuerySource source(SearchRequest message) {
        return switch (message.getQueryCase()) {
            case IMAGE -> new QuerySource.OfImage(ImageInputMapping.source(message.getImage()));
            case EMBEDDING -> new QuerySource.OfEmbedding(EmbeddingMapping.embedding(message.getEmbedding()));
            case STORED_ID -> new QuerySource.OfStored(message.getStoredId());
            case QUERY_NOT_SET ->
                throw new InvalidInput("QUERY_MISSING", "the search has no query", "", "image, embedding or stored_id");
        };
    }

    private static Optional<QueryExpansion> expansion(SearchRequest message) {
        if (!message.hasExpansion()) {
            return Optional.empty();
        }
        var asked = message.getExpansion();
        return Optional.of(QueryExpansion.of(Integer.toUnsignedLong(asked.getNeighbours()), asked.getAlpha()));
    }

    private static RerankRequest rerank(Rerank message) {
        return new RerankRequest(
                mode(message),
                Integer.toUnsignedLong(message.getCandidates()),
                Integer.toUnsignedLong(message.getKeypoints()),
                Integer.toUnsignedLong(message.getTimeLimitMillis()),
                Integer.toUnsignedLong(message.getPictures()));
    }

    private static RerankRequest.Mode mode(Rerank message) {
        return switch (message.getMode()) {
            case RERANK_MODE_UNSPECIFIED -> RerankRequest.Mode.AS_CONFIGURED;
            case RERANK_MODE_ON -> RerankRequest.Mode.ON;
            case RERANK_MODE_OFF -> RerankRequest.Mode.OFF;
            case UNRECOGNIZED ->
                throw new InvalidInput(
                        "RERANK_MODE_UNKNOWN",
                        "re-rank mode " + message.getModeValue() + " is none of unspecified, on, off",
                        message.getModeValue(),
                        "RERANK_MODE_UNSPECIFIED, RERANK_MODE_ON, RERANK_MODE_OFF");
        };
    }

    private static SearchResult result(RankedImage ranked) {
        var result = SearchResult.newBuilder()
                .setImage(StoredImageMapping.message(ranked.image()))
                .setScore(ranked.score())
                .setPicture(UnsafeByteOperations.unsafeWrap(ranked.picture()));
        ranked.verification().ifPresent(verification -> result.setVerification(message(verification)));
        return result.build();
    }

    private static dev.fovea.proto.v1.Verification message(Verification verification) {
        var message = dev.fovea.proto.v1.Verification.newBuilder()
                .setMatches(verification.matches())
                .setInliers(verification.inliers().size());
        verification.transform().ifPresent(transform -> {
            for (double value : transform.toArray()) {
                message.addTransform(value);
            }
        });
        return message.build();
    }

    private static dev.fovea.proto.v1.RerankSummary message(RerankSummary summary) {
        return dev.fovea.proto.v1.RerankSummary.newBuilder()
                .setKeypoints(summary.keypoints())
                .setVerified(summary.verified())
                .setTimeLimitReached(summary.timeLimitReached())
                .setMicros(TimeUnit.NANOSECONDS.toMicros(summary.took().toNanos()))
                .setModel(ModelMapping.identity(summary.model()))
                .build();
    }
}
