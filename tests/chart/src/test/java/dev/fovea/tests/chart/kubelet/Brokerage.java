package dev.fovea.tests.chart.kubelet;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fovea.tests.chart.render.Document;
import dev.fovea.tests.chart.render.Rendering;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/// What Strimzi's operators make of rendered KafkaTopics and KafkaUsers. Whoever makes it closes it.
final class Brokerage implements AutoCloseable {

    private static final int SCRAM_ITERATIONS = 4096;
    private static final Duration LOOK = Duration.ofMillis(20);
    /// Longer than a fetch waits for records (0.5 s): one that was allowed when it began may still bring some.
    private static final Duration FETCH = Duration.ofSeconds(1);

    private final Admin admin;

    /// @param bootstrapServers where everything is allowed
    Brokerage(String bootstrapServers) {
        this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    }

    void createTopics(Rendering rendering) throws Exception {
        List<NewTopic> topics = rendering.of("KafkaTopic").map(Brokerage::topic).toList();
        admin.createTopics(topics).all().get();
    }

    void createScramUser(String name, String password) throws Exception {
        var info = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, SCRAM_ITERATIONS);
        admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(name, info, password)))
                .all()
                .get();
    }

    /// Returns when the broker goes by it.
    void allow(Collection<AclBinding> bindings) throws Exception {
        admin.createAcls(bindings).all().get();
        while (!known().containsAll(bindings)) {
            Thread.sleep(LOOK);
        }
    }

    /// Returns when the broker goes by it, and what was asked for before has been answered.
    void forbid(Collection<AclBinding> bindings) throws Exception {
        admin.deleteAcls(bindings.stream().map(AclBinding::toFilter).toList())
                .all()
                .get();
        while (!Collections.disjoint(known(), bindings)) {
            Thread.sleep(LOOK);
        }
        Thread.sleep(FETCH);
    }

    private Set<AclBinding> known() throws Exception {
        return new HashSet<>(admin.describeAcls(AclBindingFilter.ANY).values().get());
    }

    /// What a KafkaUser may do, by the resource as `topic fovea.images`.
    ///
    /// @param principal as the broker calls it, as `User:name`
    static Map<String, List<AclBinding>> access(Rendering rendering, String user, String principal) {
        Document document = rendering
                .find("KafkaUser", user)
                .orElseThrow(() -> new IllegalArgumentException("no KafkaUser " + user));
        Map<String, List<AclBinding>> access = new HashMap<>();
        for (JsonNode acl : document.at("/spec/authorization/acls")) {
            JsonNode resource = acl.path("resource");
            ResourcePattern pattern = pattern(resource);
            List<AclBinding> bindings = new ArrayList<>();
            for (JsonNode operation : acl.path("operations")) {
                AclOperation named = AclOperation.fromString(operation.asText().toUpperCase(Locale.ROOT));
                bindings.add(new AclBinding(
                        pattern, new AccessControlEntry(principal, "*", named, AclPermissionType.ALLOW)));
            }
            access.put(
                    resource.path("type").asText() + " " + resource.path("name").asText(), bindings);
        }
        return access;
    }

    private static ResourcePattern pattern(JsonNode resource) {
        ResourceType type =
                switch (resource.path("type").asText()) {
                    case "topic" -> ResourceType.TOPIC;
                    case "group" -> ResourceType.GROUP;
                    case "transactionalId" -> ResourceType.TRANSACTIONAL_ID;
                    default -> throw new UnsupportedOperationException("no resource " + resource);
                };
        PatternType pattern =
                switch (resource.path("patternType").asText()) {
                    case "literal" -> PatternType.LITERAL;
                    case "prefix" -> PatternType.PREFIXED;
                    default -> throw new UnsupportedOperationException("no pattern " + resource);
                };
        return new ResourcePattern(type, resource.path("name").asText(), pattern);
    }

    private static NewTopic topic(Document document) {
        Map<String, String> configuration = new HashMap<>();
        document.at("/spec/config")
                .properties()
                .forEach(entry ->
                        configuration.put(entry.getKey(), entry.getValue().asText()));
        return new NewTopic(
                        document.at("/spec/topicName").asText(),
                        document.at("/spec/partitions").intValue(),
                        (short) document.at("/spec/replicas").intValue())
                .configs(configuration);
    }

    @Override
    public void close() {
        admin.close();
    }
}
