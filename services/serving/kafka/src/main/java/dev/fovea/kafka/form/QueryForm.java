package dev.fovea.kafka.form;

import com.google.protobuf.UnsafeByteOperations;
import dev.fovea.inference.ImageSource;
import dev.fovea.kafka.EventEnvelope;
import dev.fovea.kafka.QueryEvent;
import dev.fovea.proto.v1.ImageInput;
import dev.fovea.proto.v1.SearchRequest;

/// Queries: `fovea.v1.SearchRequest`, or an image to search with as the service does by default.
public final class QueryForm implements EventForm<SearchRequest, QueryEvent> {

    @Override
    public SearchRequest prototype() {
        return SearchRequest.getDefaultInstance();
    }

    @Override
    public String id(SearchRequest message) {
        return message.getId();
    }

    @Override
    public QueryEvent event(EventEnvelope envelope, SearchRequest message) {
        return new QueryEvent(envelope, message);
    }

    @Override
    public QueryEvent event(EventEnvelope envelope, ImageSource image) {
        return new QueryEvent(
                envelope, SearchRequest.newBuilder().setImage(input(image)).build());
    }

    @Override
    public boolean hasDeletes() {
        return false;
    }

    private static ImageInput input(ImageSource image) {
        return switch (image) {
            // Nobody writes to the bytes of a record, so they need no copy.
            case ImageSource.Content content ->
                ImageInput.newBuilder()
                        .setContent(UnsafeByteOperations.unsafeWrap(content.bytes()))
                        .build();
            case ImageSource.Reference reference ->
                ImageInput.newBuilder().setUri(reference.uri().toString()).build();
        };
    }
}
