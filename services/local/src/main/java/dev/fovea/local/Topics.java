package dev.fovea.local;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/// The topics that the services share, or have for themselves.
final class Topics {

    static final String IMAGES = "fovea.images";

    private static final int PARTITIONS = 4;

    private Topics() {}

    /// Creates those that are missing.
    static void create(String bootstrapServers, List<ServicePlan> services) throws InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            Set<String> names = new LinkedHashSet<>();
            for (ServicePlan service : services) {
                names.add(service.events());
                names.addAll(service.answers());
            }
            for (String name : names) {
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
