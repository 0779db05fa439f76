package dev.fovea.retrieval.wiring;

import dev.fovea.imaging.decode.ImageDecoder;
import dev.fovea.inference.Permits;
import dev.fovea.inference.Ticker;
import dev.fovea.retrieval.RerankRules;
import dev.fovea.retrieval.StageTwo;
import dev.fovea.retrieval.rerank.GeometricModel;
import dev.fovea.retrieval.rerank.GeometricVerifier;
import dev.fovea.retrieval.rerank.OrderingRule;
import dev.fovea.retrieval.rerank.Reranker;
import dev.fovea.retrieval.rerank.VerifiedPicture;

/// Stage two out of its configuration.
final class ConfiguredStageTwo {
    private static final double MAX_RATIO = 0.9;
    private static final double MAX_ERROR = 0.02;

    private ConfiguredStageTwo() {}

    static RerankRules rules(RerankConfig config) {
        return new RerankRules(
                config.candidates(),
                config.maxCandidates(),
                config.keypoints(),
                config.timeLimit(),
                config.maxPictures());
    }

    static StageTwo of(
            RerankConfig config, LocalExtractors extractors, ImageDecoder decoder, Permits cpu, Ticker ticker) {
        var verifier = new GeometricVerifier(MAX_RATIO, GeometricModel.AFFINE, MAX_ERROR);
        return new StageTwo(
                extractors::of,
                new Reranker(verifier, OrderingRule.DEFAULT, cpu, ticker),
                rules(config),
                new VerifiedPicture(decoder, config.pictureSide()),
                cpu);
    }
}
