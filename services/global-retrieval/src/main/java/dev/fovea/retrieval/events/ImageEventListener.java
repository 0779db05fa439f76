package dev.fovea.retrieval.events;

import dev.fovea.grpc.ModelMapping;
import dev.fovea.grpc.TimingsMapping;
import dev.fovea.inference.Deadline;
import dev.fovea.inference.Lane;
import dev.fovea.inference.lifecycle.ModelIdentity;
import dev.fovea.kafka.AnsweringModel;
import dev.fovea.kafka.EventAnswer;
import dev.fovea.kafka.EventEnvelope;
import dev.fovea.kafka.EventListener;
import dev.fovea.kafka.EventPosition;
import dev.fovea.kafka.ImageEvent;
import dev.fovea.proto.v1.EmbeddingResult;
import dev.fovea.retrieval.Acknowledgement;
import dev.fovea.retrieval.CollectionSettings;
import dev.fovea.retrieval.EmbeddedImage;
import dev.fovea.retrieval.ImageRemoval;
import dev.fovea.retrieval.ImageRetriever;
import dev.fovea.retrieval.ImageWrite;
import dev.fovea.retrieval.MetadataReading;
import dev.fovea.retrieval.WriteVersions;
import dev.fovea.retrieval.WrittenImage;
import dev.fovea.retrieval.wire.EmbeddingMapping;
import dev.fovea.retrieval.wire.WriteOutcomeMapping;
import dev.fovea.vectorindex.Written;
import java.util.Optional;
import java.util.function.Supplier;

/// The Kafka entrance of images: indexes each event's image in the bulk lane, publishes its embedding, and removes
/// deleted ones. Writes are in the version order of their records, in whatever order they are made. Any thread.
public final class ImageEventListener implements EventListener<ImageEvent> {
    /// `ce_type` of a result.
    public static final String RESULT_TYPE = "dev.fovea.embedding.v1";

    private final ImageRetriever retriever;
    private final CollectionSettings collection;
    private final Supplier<Optional<ModelIdentity>> answering;

    /// @param collection that images go into
    /// @param answering the model of that collection; empty while it does not serve
    public ImageEventListener(
            ImageRetriever retriever, CollectionSettings collection, Supplier<Optional<ModelIdentity>> answering) {
        this.retriever = retriever;
        this.collection = collection;
        this.answering = answering;
    }

    @Override
    public EventAnswer onEvent(ImageEvent event, Deadline deadline) throws InterruptedException {
        var write = new ImageWrite(
                collection.name(),
                event.id(),
                new ImageWrite.Content.OfImage(event.source()),
                MetadataReading.read(collection.fields(), event.attributes()),
                version(event.position()),
                Acknowledgement.WRITTEN);
        WrittenImage written = retriever.write(write, Lane.BULK, deadline);
        EmbeddedImage embedded = written.embedded().orElseThrow();
        EmbeddingResult result = result(event.id(), embedded.model(), written.written())
                .setImageWidth(embedded.image().widthPx())
                .setImageHeight(embedded.image().heightPx())
                .setEmbedding(EmbeddingMapping.message(embedded.embedding()))
                .setTimings(TimingsMapping.timings(embedded.timings()))
                .build();
        return new EventAnswer(RESULT_TYPE, result, AnsweringModel.of(embedded.model()));
    }

    @Override
    public Optional<EventAnswer> onDelete(EventEnvelope deleted, Deadline deadline) throws InterruptedException {
        var removal =
                new ImageRemoval(collection.name(), deleted.id(), version(deleted.position()), Acknowledgement.WRITTEN);
        Written written = retriever.delete(removal, deadline);
        return answering
                .get()
                .map(model -> new EventAnswer(
                        RESULT_TYPE,
                        result(deleted.id(), model, written).setDeleted(true).build(),
                        AnsweringModel.of(model)));
    }

    @Override
    public void makeDurable(Deadline deadline) throws InterruptedException {
        retriever.makeDurable(collection.name(), deadline);
    }

    @Override
    public Optional<AnsweringModel> model() {
        return answering.get().map(AnsweringModel::of);
    }

    private EmbeddingResult.Builder result(String id, ModelIdentity model, Written written) {
        return EmbeddingResult.newBuilder()
                .setImageId(id)
                .setModel(ModelMapping.identity(model))
                .setCollection(collection.name())
                .setOutcome(WriteOutcomeMapping.message(written.outcome()))
                .setVersion(written.version());
    }

    private static long version(EventPosition position) {
        return WriteVersions.ofRecord(position.timestampMillis(), position.offset());
    }
}
