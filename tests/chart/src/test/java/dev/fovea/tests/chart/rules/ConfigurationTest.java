package dev.fovea.tests.chart.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fovea.tests.chart.render.Document;
import dev.fovea.tests.chart.render.Rendering;
import dev.fovea.tests.chart.render.Renderings;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What services are told, and what they may do with it. Beside every rule stands a rendering that breaks it.
class ConfigurationTest {

    private static final Rendering MINIMAL = Renderings.of("minimal");
    private static final Rendering STRIMZI = Renderings.of("strimzi");

    @Test
    void aKeyThatIsGivenTwiceIsRefused() {
        Rendering twice = Configuration.with(MINIMAL, "fovea.drain.limit=1s");

        assertThatThrownBy(() -> Configurations.keys(twice)).hasMessageContaining("fovea.drain.limit twice");
    }

    @EveryRendering
    void expressionsNameVariablesOfThePod(Rendering rendering) {
        assertThat(Configurations.expressions(rendering)).isEmpty();
    }

    @Test
    void anExpressionThatNothingAnswersIsSeen() {
        assertThat(Configurations.expressions(Configuration.with(MINIMAL, "fovea.kafka.instance-id=${POD}")))
                .isNotEmpty();
        assertThat(Configurations.expressions(
                        Configuration.replaced(Renderings.of("kafka-scram"), "\\\\\\\\\\$\\{", "\\${")))
                .isNotEmpty();
    }

    @EveryRendering
    void filesThatAreNamedAreMounted(Rendering rendering) {
        assertThat(Configurations.files(rendering)).isEmpty();
    }

    @Test
    void aFileThatIsNotMountedIsSeen() {
        Rendering broken = Pod.serviceContainersChanged(
                Renderings.of("kafka-tls"),
                container -> container.withArray("/volumeMounts").forEach(mount -> ((ObjectNode) mount)
                        .put("mountPath", mount.path("mountPath").asText().replace("/etc/fovea/", "/etc/other/"))));

        assertThat(Configurations.files(broken)).isNotEmpty();
    }

    @EveryRendering
    void usersMayDoWhatTheirServiceDoesAndNothingElse(Rendering rendering) {
        assertThat(KafkaAccess.users(rendering)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void aRightThatIsMissingIsSeen(int rule) {
        Rendering broken = STRIMZI.changed(kind("KafkaUser"), node -> node.withArray("/spec/authorization/acls")
                .remove(rule));

        assertThat(KafkaAccess.users(broken)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"topic", "group", "cluster", "transactionalId"})
    void aRightThatNobodyNeedsIsSeen(String type) {
        Rendering broken = STRIMZI.changed(kind("KafkaUser"), node -> {
            ObjectNode rule = node.withArray("/spec/authorization/acls").addObject();
            rule.putObject("resource").put("type", type).put("name", "*").put("patternType", "literal");
            rule.putArray("operations").add("All");
        });

        assertThat(KafkaAccess.users(broken)).isNotEmpty();
    }

    @EveryRendering
    void topicsThatAreMadeAreThoseThatAreUsed(Rendering rendering) {
        assertThat(KafkaAccess.topics(rendering)).isEmpty();
    }

    @Test
    void aTopicThatNobodyMakesOrUsesIsSeen() {
        Rendering missing = STRIMZI.without(document ->
                document.kind().equals("KafkaTopic") && document.name().contains("dead-letters"));
        Rendering renamed = STRIMZI.changed(
                kind("KafkaTopic"), node -> node.withObject("/spec").put("topicName", "other"));

        assertThat(KafkaAccess.topics(missing)).isNotEmpty();
        assertThat(KafkaAccess.topics(renamed)).isNotEmpty();
    }

    @EveryRendering
    void usersAndTopicsBelongToTheCluster(Rendering rendering) {
        assertThat(KafkaAccess.cluster(rendering)).isEmpty();
    }

    @Test
    void aUserOfNoClusterIsSeen() {
        Rendering broken = STRIMZI.changed(
                kind("KafkaUser"), node -> node.withObject("/metadata/labels").remove("strimzi.io/cluster"));

        assertThat(KafkaAccess.cluster(broken)).isNotEmpty();
    }

    @EveryRendering
    void policiesLetInWhatIsServed(Rendering rendering) {
        assertThat(NetworkPolicies.ingress(rendering)).isEmpty();
    }

    @EveryRendering
    void policiesLetOutWhatIsConfigured(Rendering rendering) {
        assertThat(NetworkPolicies.egress(rendering)).isEmpty();
    }

    @EveryRendering
    void policiesOpenNoMoreThanPorts(Rendering rendering) {
        assertThat(NetworkPolicies.bounded(rendering)).isEmpty();
    }

    @Test
    void aPolicyThatShutsOutOrLetsInTooMuchIsSeen() {
        Rendering none = MINIMAL.without(kind("NetworkPolicy"));
        Rendering shut = MINIMAL.changed(
                kind("NetworkPolicy"), node -> node.withObject("/spec").remove("ingress"));
        Rendering mute = Renderings.of("kafka-tls")
                .changed(kind("NetworkPolicy"), node -> node.withArray("/spec/egress")
                        .remove(1));
        Rendering open = MINIMAL.changed(
                kind("NetworkPolicy"), node -> node.withArray("/spec/egress").addObject());

        assertThat(NetworkPolicies.ingress(none)).isNotEmpty();
        assertThat(NetworkPolicies.ingress(shut)).isNotEmpty();
        assertThat(NetworkPolicies.egress(mute)).isNotEmpty();
        assertThat(NetworkPolicies.bounded(open)).isNotEmpty();
    }

    private static Predicate<Document> kind(String kind) {
        return document -> document.kind().equals(kind);
    }
}
