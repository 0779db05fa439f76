package dev.fovea.retrieval.rpc;

import dev.fovea.grpc.ImageInputMapping;
import dev.fovea.grpc.ModelMapping;
import dev.fovea.grpc.TimingsMapping;
import dev.fovea.grpc.VectorsMapping;
import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.proto.v1.BackupResponse;
import dev.fovea.proto.v1.EmbedRequest;
import dev.fovea.proto.v1.EmbedResponse;
import dev.fovea.proto.v1.GetRequest;
import dev.fovea.proto.v1.GetResponse;
import dev.fovea.proto.v1.ScanRequest;
import dev.fovea.proto.v1.ScanResponse;
import dev.fovea.retrieval.BackupSummary;
import dev.fovea.retrieval.EmbeddedImage;
import dev.fovea.retrieval.EmbeddingRequest;
import dev.fovea.retrieval.ImageLookup;
import dev.fovea.retrieval.ImageScan;
import dev.fovea.retrieval.StoredImage;
import dev.fovea.retrieval.StoredPage;
import dev.fovea.retrieval.wire.EmbeddingMapping;
import dev.fovea.retrieval.wire.FilterMapping;
import dev.fovea.retrieval.wire.PartsMapping;
import dev.fovea.retrieval.wire.StoredImageMapping;
import java.util.List;
import java.util.Optional;

/// `Embed`, `Get`, `Scan` and `Backup` between their messages and the port's records.
final class ReadMapping {
    private ReadMapping() {}

    /// @throws InvalidInput naming the field that is missing or wrong
    static EmbeddingRequest request(EmbedRequest message) {
        VectorsMapping.requireKnown(message.getElementType());
        return new EmbeddingRequest(
                message.getCollection(),
                message.getModel().getName().isEmpty()
                        ? Optional.empty()
                        : Optional.of(ModelMapping.ref(message.getModel())),
                ImageInputMapping.source(message.getImage()));
    }

    static EmbedResponse response(EmbedRequest asked, EmbeddedImage embedded) {
        return EmbedResponse.newBuilder()
                .setId(asked.getId())
                .setModel(ModelMapping.identity(embedded.model()))
                .setEmbedding(EmbeddingMapping.message(embedded.embedding(), asked.getElementType()))
                .setImageWidth(embedded.image().widthPx())
                .setImageHeight(embedded.image().heightPx())
                .setTimings(TimingsMapping.timings(embedded.timings()))
                .build();
    }

    static ImageLookup lookup(GetRequest message) {
        return new ImageLookup(message.getCollection(), message.getIdsList(), PartsMapping.parts(message.getParts()));
    }

    static GetResponse response(List<StoredImage> images) {
        return GetResponse.newBuilder()
                .addAllImages(images.stream().map(StoredImageMapping::message).toList())
                .build();
    }

    /// @throws InvalidInput if the filter is no filter
    static ImageScan scan(ScanRequest message) {
        return new ImageScan(
                message.getCollection(),
                Optional.of(message.getCursor()).filter(cursor -> !cursor.isEmpty()),
                Integer.toUnsignedLong(message.getPageSize()),
                message.hasFilter() ? Optional.of(FilterMapping.filter(message.getFilter())) : Optional.empty(),
                PartsMapping.parts(message.getParts()));
    }

    static ScanResponse response(StoredPage page) {
        return ScanResponse.newBuilder()
                .addAllImages(
                        page.images().stream().map(StoredImageMapping::message).toList())
                .setNextCursor(page.next().orElse(""))
                .build();
    }

    static BackupResponse response(BackupSummary backup) {
        return BackupResponse.newBuilder()
                .setFolder(backup.folder().toString())
                .setImages(backup.images())
                .setBytes(backup.bytes())
                .build();
    }
}
