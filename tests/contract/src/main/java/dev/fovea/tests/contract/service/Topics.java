package dev.fovea.tests.contract.service;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/// The topics of one service.
public record Topics(String images, String results, String deadLetters) {

    /// Those that a service uses where nothing else is configured.
    public static Topics of(ServiceUnderTest service) {
        return new Topics("fovea.images", service.results(), "fovea." + service.name() + ".dead-letters");
    }

    List<String> names() {
        return List.of(images, results, deadLetters);
    }

    static void create(String bootstrapServers, int partitions, List<String> names) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            List<NewTopic> topics = names.stream()
                    .map(name -> new NewTopic(name, partitions, (short) 1))
                    .toList();
            admin.createTopics(topics).all().get();
        }
    }
}
