package dev.fovea.retrieval.rpc;

import dev.fovea.grpc.ModelMapping;
import dev.fovea.proto.v1.Collection;
import dev.fovea.proto.v1.CollectionInfoResponse;
import dev.fovea.proto.v1.FieldType;
import dev.fovea.retrieval.CollectionSummary;
import dev.fovea.vectorindex.VectorIndex;
import java.util.List;
import java.util.Locale;

/// Collections as their message tells them.
final class CollectionMapping {
    private CollectionMapping() {}

    static CollectionInfoResponse response(List<CollectionSummary> collections) {
        return CollectionInfoResponse.newBuilder()
                .addAllCollections(
                        collections.stream().map(CollectionMapping::message).toList())
                .build();
    }

    private static Collection message(CollectionSummary summary) {
        VectorIndex index = summary.collection().index();
        var message = Collection.newBuilder()
                .setName(summary.collection().name())
                .setIsDefault(summary.isDefault())
                .setModel(ModelMapping.identity(summary.collection().model()))
                .setDimension(index.spec().dimension())
                .setImages(summary.stats().entries())
                .setEngine(index.engine())
                .setStorage(index.spec().storage().name().toLowerCase(Locale.ROOT))
                .setBytes(summary.stats().bytes())
                .setVisibleWithinMillis((int) index.visibleWithin().toMillis())
                .setRerankByDefault(summary.collection().settings().rerank().byDefault());
        index.spec().fields().forEach((field, type) -> message.putFields(field, message(type)));
        summary.localModel().ifPresent(model -> message.setLocalModel(ModelMapping.identity(model)));
        return message.build();
    }

    private static FieldType message(dev.fovea.vectorindex.FieldType type) {
        return switch (type) {
            case TEXT -> FieldType.FIELD_TYPE_TEXT;
            case NUMBER -> FieldType.FIELD_TYPE_NUMBER;
            case TIME -> FieldType.FIELD_TYPE_TIME;
        };
    }
}
