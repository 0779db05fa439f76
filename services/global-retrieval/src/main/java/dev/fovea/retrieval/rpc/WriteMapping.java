package dev.fovea.retrieval.rpc;

import dev.fovea.grpc.ImageInputMapping;
import dev.fovea.grpc.ModelMapping;
import dev.fovea.grpc.TimingsMapping;
import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.proto.v1.DeleteRequest;
import dev.fovea.proto.v1.DeleteResponse;
import dev.fovea.proto.v1.UpsertRequest;
import dev.fovea.proto.v1.UpsertResponse;
import dev.fovea.retrieval.Acknowledgement;
import dev.fovea.retrieval.ImageRemoval;
import dev.fovea.retrieval.ImageWrite;
import dev.fovea.retrieval.WrittenImage;
import dev.fovea.retrieval.wire.EmbeddingMapping;
import dev.fovea.retrieval.wire.MetadataMapping;
import dev.fovea.retrieval.wire.StoredImageMapping;
import dev.fovea.retrieval.wire.WriteOutcomeMapping;
import dev.fovea.vectorindex.Written;

/// `Upsert` and `Delete` between their messages and the port's records.
final class WriteMapping {
    private WriteMapping() {}

    /// @throws InvalidInput naming the field that is missing or wrong
    static ImageWrite write(UpsertRequest message) {
        return new ImageWrite(
                message.getCollection(),
                message.getId(),
                content(message),
                MetadataMapping.metadata(message.getMetadataMap()),
                message.getVersion(),
                acknowledgement(message.getAcknowledgement(), message.getAcknowledgementValue()));
    }

    /// @throws InvalidInput naming the field that is wrong
    static ImageRemoval removal(DeleteRequest message) {
        return new ImageRemoval(
                message.getCollection(),
                message.getId(),
                message.getVersion(),
                acknowledgement(message.getAcknowledgement(), message.getAcknowledgementValue()));
    }

    static UpsertResponse response(String id, WrittenImage image) {
        var response = UpsertResponse.newBuilder()
                .setId(id)
                .setOutcome(WriteOutcomeMapping.message(image.written().outcome()))
                .setVersion(image.written().version())
                .setKeypoints(image.keypoints());
        image.embedded().ifPresent(embedded -> response.setModel(ModelMapping.identity(embedded.model()))
                .setImageWidth(embedded.image().widthPx())
                .setImageHeight(embedded.image().heightPx())
                .setTimings(TimingsMapping.timings(embedded.timings())));
        return response.build();
    }

    static DeleteResponse response(String id, Written written) {
        return DeleteResponse.newBuilder()
                .setId(id)
                .setOutcome(WriteOutcomeMapping.message(written.outcome()))
                .setVersion(written.version())
                .build();
    }

    private static ImageWrite.Content content(UpsertRequest message) {
        return switch (message.getContentCase()) {
            case IMAGE -> new ImageWrite.Content.OfImage(ImageInputMapping.source(message.getImage()));
            case EMBEDDING -> new ImageWrite.Content.OfEmbedding(EmbeddingMapping.embedding(message.getEmbedding()));
            case STORED -> new ImageWrite.Content.OfStored(StoredImageMapping.image(message.getStored()));
            case CONTENT_NOT_SET ->
                throw new InvalidInput(
                        "CONTENT_MISSING", "the request has nothing to store", "", "image, embedding or stored");
        };
    }

    private static Acknowledgement acknowledgement(dev.fovea.proto.v1.Acknowledgement message, int value) {
        return switch (message) {
            case ACKNOWLEDGEMENT_UNSPECIFIED -> Acknowledgement.DURABLE;
            case ACKNOWLEDGEMENT_VISIBLE -> Acknowledgement.VISIBLE;
            case UNRECOGNIZED ->
                throw new InvalidInput(
                        "ACKNOWLEDGEMENT_UNKNOWN",
                        "acknowledgement " + value + " is none of unspecified, visible",
                        value,
                        "ACKNOWLEDGEMENT_UNSPECIFIED, ACKNOWLEDGEMENT_VISIBLE");
        };
    }
}
