package dev.fovea.retrieval.events;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import dev.fovea.inference.Deadline;
import dev.fovea.inference.Lane;
import dev.fovea.inference.lifecycle.ModelIdentity;
import dev.fovea.kafka.AnsweringModel;
import dev.fovea.kafka.EventAnswer;
import dev.fovea.kafka.EventListener;
import dev.fovea.kafka.QueryEvent;
import dev.fovea.proto.v1.RetrievalResult;
import dev.fovea.proto.v1.SearchResponse;
import dev.fovea.proto.v1.SearchResult;
import dev.fovea.retrieval.ImageRetriever;
import dev.fovea.retrieval.RankedImages;
import dev.fovea.retrieval.wire.SearchMapping;
import java.util.Optional;
import java.util.function.Supplier;

/// The Kafka entrance of queries: searches in the bulk lane. Any thread.
public final class QueryEventListener implements EventListener<QueryEvent> {
    /// `ce_type` of a result.
    public static final String RESULT_TYPE = "dev.fovea.retrieval.v1";

    private final ImageRetriever retriever;
    private final Supplier<Optional<ModelIdentity>> answering;

    /// @param answering the model of the default collection; empty while it does not serve
    public QueryEventListener(ImageRetriever retriever, Supplier<Optional<ModelIdentity>> answering) {
        this.retriever = retriever;
        this.answering = answering;
    }

    @Override
    public EventAnswer onEvent(QueryEvent event, Deadline deadline) throws InterruptedException {
        RankedImages ranked = retriever.search(SearchMapping.query(event.request()), Lane.BULK, deadline);
        RetrievalResult result = RetrievalResult.newBuilder()
                .setQueryId(event.id())
                .setAnswer(SearchMapping.response(event.request(), ranked))
                .build();
        return new EventAnswer(RESULT_TYPE, result, withoutPictures(result), AnsweringModel.of(ranked.model()));
    }

    @Override
    public Optional<AnsweringModel> model() {
        return answering.get().map(AnsweringModel::of);
    }

    /// The ranking counts for more than the pictures.
    private static Optional<Message> withoutPictures(RetrievalResult result) {
        SearchResponse.Builder answer = result.getAnswer().toBuilder();
        boolean pictures = false;
        for (SearchResult.Builder each : answer.getResultsBuilderList()) {
            pictures |= !each.getPicture().isEmpty()
                    || !each.getImage().getThumbnail().isEmpty();
            each.setPicture(ByteString.EMPTY).getImageBuilder().setThumbnail(ByteString.EMPTY);
        }
        return pictures
                ? Optional.of(result.toBuilder()
                        .setAnswer(answer)
                        .setPicturesLeftOut(true)
                        .build())
                : Optional.empty();
    }
}
