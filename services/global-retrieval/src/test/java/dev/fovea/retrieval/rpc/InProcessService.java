package dev.fovea.retrieval.rpc;

import dev.fovea.imaging.decode.DecodeLimits;
import dev.fovea.imaging.decode.ImageDecoder;
import dev.fovea.inference.Ticker;
import dev.fovea.inference.lifecycle.ModelRef;
import dev.fovea.inference.lifecycle.Models;
import dev.fovea.inference.lifecycle.ServingModel;
import dev.fovea.lucene.LuceneEngine;
import dev.fovea.lucene.LuceneSettings;
import dev.fovea.proto.v1.GlobalRetrievalGrpc;
import dev.fovea.retrieval.CollectionSettings;
import dev.fovea.retrieval.Collections;
import dev.fovea.retrieval.GlobalRetrievalPipeline;
import dev.fovea.retrieval.ImageRetriever;
import dev.fovea.retrieval.IndexBackups;
import dev.fovea.retrieval.RerankRules;
import dev.fovea.retrieval.RetrievalLimits;
import dev.fovea.retrieval.StageTwo;
import dev.fovea.retrieval.StageTwoSettings;
import dev.fovea.retrieval.WriteVersions;
import dev.fovea.retrieval.rerank.GeometricModel;
import dev.fovea.retrieval.rerank.GeometricVerifier;
import dev.fovea.retrieval.rerank.OrderingRule;
import dev.fovea.retrieval.rerank.Reranker;
import dev.fovea.retrieval.rerank.VerifiedPicture;
import dev.fovea.tests.service.InProcessHost;
import dev.fovea.vectorindex.FieldType;
import dev.fovea.vectorindex.VectorStorage;
import io.grpc.ManagedChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The service around models and the embedded engine in a folder, reached in-process. Two collections: `images`, the
/// default, which declares fields, and `other`.
public final class InProcessService implements AutoCloseable {
    public static final RetrievalLimits LIMITS = new RetrievalLimits(300, 3, 500);
    private static final int WINDOW = 4;
    private static final Map<String, FieldType> FIELDS =
            Map.of("place", FieldType.TEXT, "height", FieldType.NUMBER, "taken", FieldType.TIME);

    private final InProcessHost host = new InProcessHost();
    private final ImageDecoder decoder = new ImageDecoder(DecodeLimits.defaults());
    private final Collections collections;
    private final ImageRetriever retriever;
    private final ManagedChannel channel;

    /// @param served the first is the model of both collections
    public InProcessService(Path folder, ServingModel... served) {
        List<ServingModel> all = List.of(served);
        var models = new Models(() -> all, all.getFirst().name());
        var settings = LuceneSettings.of(folder)
                .withVisibleWithin(Duration.ofMillis(20))
                .withWriting(new LuceneSettings.Writing(1, 16, 0));
        collections = new Collections(
                List.of(
                        collection("images", all.getFirst().name(), FIELDS),
                        collection("other", all.getFirst().name(), Map.of())),
                "images",
                new LuceneEngine(settings, Ticker.system(), InstantSource.system()));
        retriever = new GlobalRetrievalPipeline(
                models,
                host.images(),
                collections,
                new GlobalRetrievalPipeline.Surroundings(
                        LIMITS,
                        stageTwo(),
                        new WriteVersions(InstantSource.system()),
                        IndexBackups.UNSUPPORTED,
                        Ticker.system()));
        channel = host.serve(new GlobalRetrievalGrpcService(retriever, host.calls(), WINDOW));
        collections.open(all.getFirst(), all);
    }

    public ImageRetriever retriever() {
        return retriever;
    }

    public Collections collections() {
        return collections;
    }

    public GlobalRetrievalGrpc.GlobalRetrievalBlockingStub client() {
        return GlobalRetrievalGrpc.newBlockingStub(channel);
    }

    public GlobalRetrievalGrpc.GlobalRetrievalStub streamingClient() {
        return GlobalRetrievalGrpc.newStub(channel);
    }

    @Override
    public void close() {
        host.close();
        collections.close();
        decoder.close();
    }

    private StageTwo stageTwo() {
        var verifier = new GeometricVerifier(0.9, GeometricModel.AFFINE, 0.02);
        return new StageTwo(
                _ -> Optional.empty(),
                new Reranker(verifier, OrderingRule.DEFAULT, host.cores(), Ticker.system()),
                RerankRules.defaults(),
                new VerifiedPicture(decoder, 320),
                host.cores());
    }

    private static CollectionSettings collection(String name, String model, Map<String, FieldType> fields) {
        return new CollectionSettings(
                name,
                new ModelRef(model, 0),
                Optional.empty(),
                VectorStorage.FLOAT32,
                fields,
                new StageTwoSettings(false, 400, 0));
    }
}
