package dev.fovea.tests.integration;

import dev.fovea.local.broker.BrokerProcess;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/// The patch description service's topics and how it is told of the broker.
final class Topics {

    static final String IMAGES = "fovea.images";
    static final String RESULTS = "fovea.patch-descriptions";
    static final String DEAD_LETTERS = "fovea.patch-description.dead-letters";

    private Topics() {}

    static Map<String, String> configuration(BrokerProcess broker) {
        return Map.of("fovea.kafka.enabled", "true", "fovea.kafka.bootstrap-servers", broker.bootstrapServers());
    }

    static void create(BrokerProcess broker, int partitions) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(
                            new NewTopic(IMAGES, partitions, (short) 1),
                            new NewTopic(RESULTS, partitions, (short) 1),
                            new NewTopic(DEAD_LETTERS, partitions, (short) 1)))
                    .all()
                    .get();
        }
    }
}
