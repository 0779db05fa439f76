package dev.fovea.local;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/// The topics of the patch description service.
final class Topics {

    static final String IMAGES = "fovea.images";
    static final String RESULTS = "fovea.patch-descriptions";
    static final String DEAD_LETTERS = "fovea.patch-description.dead-letters";

    private static final int PARTITIONS = 4;

    private Topics() {}

    /// Creates those that are missing.
    static void create(String bootstrapServers) throws InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            for (String name : List.of(IMAGES, RESULTS, DEAD_LETTERS)) {
                create(admin, name);
            }
        }
    }

    private static void create(Admin admin, String name) throws InterruptedException {
        try {
            admin.createTopics(List.of(new NewTopic(name, PARTITIONS, (short) 1)))
                    .all()
                    .get();
        } catch (ExecutionException failed) {
            if (!(failed.getCause() instanceof TopicExistsException)) {
                throw new IllegalStateException("topic " + name + " cannot be created", failed.getCause());
            }
        }
    }
}
