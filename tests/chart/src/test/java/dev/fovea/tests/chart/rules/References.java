package dev.fovea.tests.chart.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fovea.tests.chart.render.Document;
import dev.fovea.tests.chart.render.Rendering;
import dev.fovea.tests.chart.render.Values;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Names of other objects: each is rendered too, or the values say that it exists.
final class References {

    private References() {}

    /// @param kind of what is referred to
    private record Reference(String kind, String name) {}

    static List<String> violations(Rendering rendering) {
        var findings = new Findings();
        Set<String> declared = Set.copyOf(Values.leaves(rendering.values()));
        Pod.all(rendering).forEach(pod -> references(pod)
                .forEach(reference -> findings.check(
                        isRendered(rendering, reference) || declared.contains(reference.name()),
                        pod,
                        "refers to " + reference + ", which is neither rendered nor in the values")));
        Pod.all(rendering).forEach(pod -> pod.containers()
                .flatMap(container -> container.path("volumeMounts").valueStream())
                .forEach(mount -> findings.check(hasVolume(pod, mount.path("name")), pod, "mounts " + mount)));
        rendering.documents().stream()
                .filter(document -> document.kind().matches("ScaledObject|HorizontalPodAutoscaler"))
                .forEach(scaler -> findings.check(
                        isRendered(rendering, target(scaler)), scaler, "scales " + target(scaler) + ", not rendered"));
        rendering
                .of("ScaledObject")
                .flatMap(References::authentications)
                .forEach(reference -> findings.check(
                        isRendered(rendering, reference) || declared.contains(reference.name()),
                        reference,
                        "is not rendered"));
        rendering.of("TriggerAuthentication").forEach(authentication -> authentication
                .at("/spec/configMapTargetRef")
                .forEach(text -> findings.check(
                        rendering
                                .find("ConfigMap", text.path("name").asText())
                                .filter(map ->
                                        map.at("/data").has(text.path("key").asText()))
                                .isPresent(),
                        authentication,
                        "refers to the text " + text)));
        rendering.of("TriggerAuthentication").forEach(authentication -> authentication
                .at("/spec/secretTargetRef")
                .forEach(secret -> findings.check(
                        declared.contains(secret.path("name").asText())
                                || isRendered(rendering, named("KafkaUser", secret.path("name"))),
                        authentication,
                        "refers to the Secret " + secret.path("name"))));
        return findings.all();
    }

    private static boolean hasVolume(Pod pod, JsonNode name) {
        Stream<JsonNode> claimed =
                pod.owner().at("/spec/volumeClaimTemplates").valueStream().map(claim -> claim.at("/metadata/name"));
        return Stream.concat(pod.volumes().map(volume -> volume.path("name")), claimed)
                .anyMatch(name::equals);
    }

    /// A Strimzi KafkaUser makes a Secret of its own name.
    private static boolean isRendered(Rendering rendering, Reference reference) {
        return rendering.find(reference.kind(), reference.name()).isPresent()
                || (reference.kind().equals("Secret")
                        && rendering.find("KafkaUser", reference.name()).isPresent());
    }

    private static Stream<Reference> references(Pod pod) {
        Stream<Reference> own = Stream.concat(
                Stream.of(named("ServiceAccount", pod.spec().path("serviceAccountName"))),
                pod.spec().path("imagePullSecrets").valueStream().map(secret -> named("Secret", secret.path("name"))));
        Stream<Reference> mounted = pod.volumes().flatMap(References::ofVolume);
        Stream<Reference> variables = pod.containers().flatMap(References::ofContainer);
        return Stream.of(own, mounted, variables)
                .flatMap(references -> references)
                .filter(reference -> !reference.name().isEmpty());
    }

    private static Stream<Reference> ofVolume(JsonNode volume) {
        Stream<JsonNode> sources =
                Stream.concat(Stream.of(volume), volume.at("/projected/sources").valueStream());
        return sources.flatMap(source -> Stream.of(
                named("ConfigMap", source.at("/configMap/name")),
                named("Secret", source.at("/secret/secretName")),
                named("Secret", source.at("/secret/name")),
                named("PersistentVolumeClaim", source.at("/persistentVolumeClaim/claimName"))));
    }

    private static Stream<Reference> ofContainer(JsonNode container) {
        Stream<JsonNode> sources = Stream.concat(
                container.path("env").valueStream().map(variable -> variable.path("valueFrom")),
                container.path("envFrom").valueStream());
        return sources.flatMap(source -> Stream.of(
                named("Secret", source.at("/secretKeyRef/name")),
                named("ConfigMap", source.at("/configMapKeyRef/name")),
                named("Secret", source.at("/secretRef/name")),
                named("ConfigMap", source.at("/configMapRef/name"))));
    }

    private static Stream<Reference> authentications(Document scaler) {
        return scaler.at("/spec/triggers")
                .valueStream()
                .filter(trigger -> trigger.has("authenticationRef"))
                .map(trigger -> named("TriggerAuthentication", trigger.at("/authenticationRef/name")));
    }

    private static Reference target(Document scaler) {
        JsonNode target = scaler.at("/spec/scaleTargetRef");
        return new Reference(
                target.path("kind").asText("Deployment"), target.path("name").asText());
    }

    private static Reference named(String kind, JsonNode name) {
        return new Reference(kind, name.asText());
    }
}
