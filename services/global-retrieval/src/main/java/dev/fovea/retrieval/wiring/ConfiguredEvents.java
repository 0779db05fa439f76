package dev.fovea.retrieval.wiring;

import dev.fovea.kafka.form.QueryForm;
import dev.fovea.quarkus.EventSource;
import dev.fovea.quarkus.EventSources;
import dev.fovea.retrieval.CollectionSettings;
import dev.fovea.retrieval.Collections;
import dev.fovea.retrieval.ImageRetriever;
import dev.fovea.retrieval.events.ImageEventListener;
import dev.fovea.retrieval.events.QueryEventListener;

/// The topics that the service answers.
final class ConfiguredEvents {
    private ConfiguredEvents() {}

    static EventSources of(ImageRetriever retriever, Collections collections, RetrievalConfig config) {
        CollectionSettings indexed =
                collections.settings(config.events().collection().orElse(""));
        var images =
                EventSource.images(new ImageEventListener(retriever, indexed, () -> collections.model(indexed.name())));
        RetrievalConfig.QueriesConfig queries = config.queries();
        if (!queries.enabled()) {
            return EventSources.of(images);
        }
        return EventSources.of(
                images,
                EventSource.of(
                        "queries",
                        new EventSource.Route(queries.topic(), queries.results(), queries.group()),
                        new QueryForm(),
                        new QueryEventListener(retriever, () -> collections.model(""))));
    }
}
