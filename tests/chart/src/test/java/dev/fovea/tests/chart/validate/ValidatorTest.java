package dev.fovea.tests.chart.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fovea.tests.chart.render.Document;
import dev.fovea.tests.chart.render.HelmYaml;
import dev.fovea.tests.chart.render.Rendering;
import dev.fovea.tests.chart.render.Renderings;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// That the validator can refuse: our own documents, each with one mistake.
class ValidatorTest {

    private static final String POD = "/spec/template/spec";
    private static final String CONTAINER = POD + "/containers/0";

    private final Validator validator = new Validator();

    @ParameterizedTest
    @MethodSource
    void mistakesInAWorkloadAreRefused(Consumer<ObjectNode> mistake) {
        ObjectNode deployment = ours("gpu", "Deployment");
        ObjectNode good = deployment.deepCopy();

        mistake.accept(deployment);

        assertThat(deployment).isNotEqualTo(good);
        assertThat(validator.problems(good)).isEmpty();
        assertThat(validator.problems(deployment)).isNotEmpty();
    }

    static Stream<Arguments> mistakesInAWorkloadAreRefused() {
        return Stream.of(
                mistake("unknown field at the top", "", "specc: {}"),
                mistake("unknown field in spec", "/spec", "replica: 3"),
                mistake("unknown field in a container", CONTAINER, "imagePullPolicyy: Always"),
                mistake("unknown field in a probe", CONTAINER + "/startupProbe", "failureTreshold: 3"),
                mistake("unknown field in a security context", CONTAINER + "/securityContext", "readOnlyRoot: true"),
                mistake("unknown field in metadata", "/metadata", "lables: {}"),
                missing("missing selector", "/spec", "selector"),
                missing("missing name of a container", CONTAINER, "name"),
                mistake("no quantity", CONTAINER + "/resources/limits", "memory: 1Gb!"),
                mistake("text for an integer", "/spec", "progressDeadlineSeconds: '2'"),
                mistake("words for an integer", "/spec", "progressDeadlineSeconds: two"),
                mistake("truth for a label", "/metadata/labels", "app.kubernetes.io/name: true"),
                mistake("number for an annotation", "/metadata", "annotations: {a: 5}"),
                mistake("number for a variable", CONTAINER, "env: [{name: A, value: 5}]"),
                mistake("text for a truth", CONTAINER + "/securityContext", "readOnlyRootFilesystem: 'true'"),
                mistake("map for a list", POD, "containers: {name: service}"),
                mistake("list for a map", "/spec", "selector: [a]"),
                mistake("no word of the field", CONTAINER, "imagePullPolicy: Sometimes"),
                mistake("selector that is no label", "/spec/selector/matchLabels", "app: other"),
                mistake("null", CONTAINER, "args: null"),
                mistake("name that is none", "/metadata", "name: Eye_Fovea"),
                mistake("label that is too long", "/metadata/labels", "a: " + "x".repeat(64)),
                mistake(
                        "name of a port that is too long",
                        CONTAINER,
                        "ports: [{name: sixteen-letters-x, containerPort: 1}]"),
                mistake("variable given twice", CONTAINER, "env: [{name: A, value: a}, {name: A, value: b}]"));
    }

    private static Arguments mistake(String name, String at, String change) {
        Consumer<ObjectNode> mistake = document -> object(document, at).setAll(HelmYaml.object(change));
        return argumentSet(name, mistake);
    }

    private static Arguments missing(String name, String at, String field) {
        Consumer<ObjectNode> mistake = document -> object(document, at).remove(field);
        return argumentSet(name, mistake);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            strimzi    | KafkaTopic            | /spec            | partition: 3
            strimzi    | KafkaTopic            | /spec            | partitions: '3'
            strimzi    | KafkaTopic            | /spec            | partitions: 0
            strimzi    | KafkaUser             | /spec/authentication | type: scram
            strimzi    | KafkaUser             | /spec/authorization/acls/0 | operations: [Reed]
            strimzi    | KafkaUser             | /spec/authorization/acls/0/resource | pattern: literal
            keda       | ScaledObject          | /spec            | maxReplicas: 3
            keda       | ScaledObject          | /spec/triggers/0/metadata | lagThreshold: 5
            keda       | ScaledObject          | /spec/triggers/0/metadata | allowIdleConsumers: false
            keda       | ScaledObject          | /spec/scaleTargetRef | names: x
            keda       | TriggerAuthentication | /spec/secretTargetRef/0 | parameter: user
            monitoring | ServiceMonitor        | /spec            | selectors: {}
            monitoring | ServiceMonitor        | /spec/endpoints/0 | intervall: 15s
            monitoring | ServiceMonitor        | /spec/endpoints/0 | port: 5
            monitoring | PrometheusRule        | /spec/groups/0/rules/0 | alerts: x
            monitoring | PrometheusRule        | /spec/groups/0/rules/0/labels | severity: true
            monitoring | ConfigMap             | /data            | text: 5
            hpa        | HorizontalPodAutoscaler | /spec          | maxReplicas: '5'
            hpa        | HorizontalPodAutoscaler | /spec/metrics/0 | type: Pod
            minimal    | Service               | /spec/ports/0    | targetport: grpc
            minimal    | Service               | /spec            | type: Loadbalancer
            minimal    | NetworkPolicy         | /spec            | policyTypes: [ingress]
            minimal    | PodDisruptionBudget   | /spec            | maxUnavaliable: 1
            minimal    | ServiceAccount        | ''               | automountServiceAccountToken: 'false'
            minimal    | StatefulSet           | /spec/volumeClaimTemplates/0/spec | accessModes: [ReadWrite]
            minimal    | Pod                   | /spec            | restartPolicy: never
            """)
    void mistakesInOtherKindsAreRefused(String scenario, String kind, String at, String change) {
        ObjectNode document = ours(scenario, kind);
        assertThat(validator.problems(document)).isEmpty();

        object(document, at).setAll(HelmYaml.object(change));

        assertThat(validator.problems(document)).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "v1, Sevice",
        "v2, Service",
        "apps/v1beta1, Deployment",
        "kafka.strimzi.io/v1beta2, KafkaTopic",
        "'', ''"
    })
    void aKindThatIsNotKnownIsRefused(String apiVersion, String kind) {
        ObjectNode document =
                ours("minimal", "Service").put("apiVersion", apiVersion).put("kind", kind);

        assertThat(validator.problems(document)).anyMatch(problem -> problem.endsWith("is not known"));
    }

    @Test
    void everyKindThatTheChartRendersIsTriedAbove() {
        List<String> rendered = Renderings.newest()
                .flatMap(rendering -> rendering.documents().stream())
                .map(Document::kind)
                .distinct()
                .toList();

        assertThat(rendered)
                .containsOnly(
                        "ConfigMap",
                        "Deployment",
                        "HorizontalPodAutoscaler",
                        "KafkaTopic",
                        "KafkaUser",
                        "NetworkPolicy",
                        "PersistentVolumeClaim",
                        "Pod",
                        "PodDisruptionBudget",
                        "PrometheusRule",
                        "ScaledObject",
                        "Service",
                        "ServiceAccount",
                        "ServiceMonitor",
                        "StatefulSet",
                        "TriggerAuthentication");
    }

    private static ObjectNode ours(String scenario, String kind) {
        Rendering rendering = Renderings.of(scenario);
        return rendering.of(kind).findFirst().orElseThrow().copy().node();
    }

    private static ObjectNode object(ObjectNode document, String at) {
        return (ObjectNode) document.at(at);
    }
}
