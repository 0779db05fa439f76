package dev.fovea.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.imaging.ImageSize;
import dev.fovea.imaging.decode.DecodeLimits;
import dev.fovea.imaging.decode.ImageDecoder;
import dev.fovea.imaging.patch.Keypoint;
import dev.fovea.inference.Deadline;
import dev.fovea.inference.Lane;
import dev.fovea.inference.Permits;
import dev.fovea.inference.Ticker;
import dev.fovea.inference.lifecycle.ModelIdentity;
import dev.fovea.inference.lifecycle.ModelRef;
import dev.fovea.lucene.LuceneEngine;
import dev.fovea.lucene.LuceneSettings;
import dev.fovea.retrieval.rerank.GeometricModel;
import dev.fovea.retrieval.rerank.GeometricVerifier;
import dev.fovea.retrieval.rerank.LocalFeatures;
import dev.fovea.retrieval.rerank.OrderingRule;
import dev.fovea.retrieval.rerank.PayloadCodec;
import dev.fovea.retrieval.rerank.QuantizedDescriptors;
import dev.fovea.retrieval.rerank.RerankLimits;
import dev.fovea.retrieval.rerank.Reranker;
import dev.fovea.retrieval.rerank.StoredPayload;
import dev.fovea.retrieval.rerank.VerifiedPicture;
import dev.fovea.vectorindex.CollectionSpec;
import dev.fovea.vectorindex.Embedding;
import dev.fovea.vectorindex.Hit;
import dev.fovea.vectorindex.IndexEntry;
import dev.fovea.vectorindex.VectorStorage;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StageTwoTest {
    private static final ModelIdentity EMBEDDER = new ModelIdentity("colours", 1, "sha256:0");
    private static final ModelIdentity DESCRIBER = new ModelIdentity("patches", 1, "sha256:1");
    private static final ImageSize SIZE = new ImageSize(640, 480);
    private static final Embedding VECTOR = Embedding.normalized(new float[] {1, 0});
    private static final int COUNT = 40;
    private static final int DIMENSION = 16;

    @Test
    void aThumbnailThatCannotBeDecodedGivesNoPictureAndNoFailure(@TempDir Path folder) throws Exception {
        // Given
        var payload = new StoredPayload(
                SIZE, Optional.of(features()), ByteBuffer.wrap(new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, 0}));
        var entry = new IndexEntry("a", 1, VECTOR, Map.of(), PayloadCodec.encode(payload));
        var engine = new LuceneEngine(LuceneSettings.of(folder), Ticker.system(), InstantSource.system());
        try (var decoder = new ImageDecoder(DecodeLimits.defaults());
                var index = engine.open(
                        new CollectionSpec("images", EMBEDDER.toString(), 2, VectorStorage.FLOAT32, Map.of()))) {
            var collection = new ImageCollection(settings(), EMBEDDER, index);
            index.upsert(entry, soon());
            var plan = new RerankPlan(new RerankLimits(10, COUNT, Duration.ofMinutes(1)), 1);

            // When
            StageTwo.Ranking ranking = stageTwo(decoder)
                    .rank(
                            collection,
                            payload,
                            List.of(new Hit(entry, 1)),
                            new StageTwo.Wanted(plan, 1),
                            InFlight.starting(Lane.INTERACTIVE, soon(), Ticker.system()));

            // Then
            assertThat(ranking.best()).singleElement().satisfies(placed -> {
                assertThat(placed.verification().orElseThrow().inliers()).hasSize(COUNT);
                assertThat(placed.picture().remaining()).isZero();
            });
        }
    }

    private static StageTwo stageTwo(ImageDecoder decoder) {
        Permits cpu = Permits.ofCores(2, Ticker.system());
        var verifier = new GeometricVerifier(0.9, GeometricModel.AFFINE, 0.02);
        return new StageTwo(
                _ -> Optional.empty(),
                new Reranker(verifier, OrderingRule.DEFAULT, cpu, Ticker.system()),
                RerankRules.defaults(),
                new VerifiedPicture(decoder, 320),
                cpu);
    }

    private static CollectionSettings settings() {
        return new CollectionSettings(
                "images",
                new ModelRef(EMBEDDER.name(), 0),
                Optional.of(new ModelRef(DESCRIBER.name(), 0)),
                VectorStorage.FLOAT32,
                Map.of(),
                new StageTwoSettings(false, COUNT, 320));
    }

    private static LocalFeatures features() {
        var random = new Random(5);
        List<Keypoint> keypoints = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            keypoints.add(new Keypoint(random.nextFloat() * 639, random.nextFloat() * 479, 9, 45, 1));
        }
        byte[] rows = new byte[COUNT * DIMENSION];
        random.nextBytes(rows);
        return new LocalFeatures(
                DESCRIBER, SIZE, keypoints, QuantizedDescriptors.of(ByteBuffer.wrap(rows), DIMENSION, 1, 0));
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofMinutes(1), Ticker.system());
    }
}
