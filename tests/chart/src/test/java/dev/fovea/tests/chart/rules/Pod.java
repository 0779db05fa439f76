package dev.fovea.tests.chart.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fovea.tests.chart.render.Document;
import dev.fovea.tests.chart.render.Rendering;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// A pod that a rendered document is or makes.
///
/// @param owner the document
/// @param metadata the pod's
/// @param spec the pod's
record Pod(Document owner, JsonNode metadata, JsonNode spec) {

    private static final String COMPONENT = "app.kubernetes.io/component";

    static Stream<Pod> all(Rendering rendering) {
        return rendering.documents().stream().flatMap(Pod::of);
    }

    /// The pods of the services themselves.
    static Stream<Pod> services(Rendering rendering) {
        return all(rendering).filter(pod -> isService(pod.owner));
    }

    static boolean isService(Document document) {
        return document.kind().equals("Deployment") || document.kind().equals("StatefulSet");
    }

    private static Stream<Pod> of(Document document) {
        if (document.kind().equals("Pod")) {
            return Stream.of(new Pod(document, document.at("/metadata"), document.at("/spec")));
        }
        JsonNode template = document.at("/spec/template");
        return template.path("spec").has("containers")
                ? Stream.of(new Pod(document, template.path("metadata"), template.path("spec")))
                : Stream.empty();
    }

    /// A rendering in which the pod specification of each document that `which` holds for is changed.
    static Rendering changed(Rendering rendering, Predicate<Document> which, Consumer<ObjectNode> change) {
        return rendering.changed(
                document -> which.test(document) && of(document).findAny().isPresent(),
                node -> of(new Document(node)).forEach(pod -> change.accept((ObjectNode) pod.spec())));
    }

    /// A rendering in which the first container of each service is changed.
    static Rendering serviceContainersChanged(Rendering rendering, Consumer<ObjectNode> change) {
        return changed(rendering, Pod::isService, spec -> change.accept((ObjectNode) spec.at("/containers/0")));
    }

    /// `patch-description` and so on.
    String component() {
        return metadata.path("labels").path(COMPONENT).asText();
    }

    JsonNode labels() {
        return metadata.path("labels");
    }

    /// The service's own container, the first.
    JsonNode container() {
        return spec.at("/containers/0");
    }

    /// Containers of every sort.
    Stream<JsonNode> containers() {
        return Stream.of("initContainers", "containers", "ephemeralContainers")
                .flatMap(list -> spec.path(list).valueStream());
    }

    Stream<JsonNode> volumes() {
        return spec.path("volumes").valueStream();
    }

    /// Of the first container.
    Optional<Integer> portNamed(String name) {
        return container()
                .path("ports")
                .valueStream()
                .filter(port -> port.path("name").asText().equals(name))
                .map(port -> port.path("containerPort").asInt())
                .findFirst();
    }

    boolean hasPort(int number) {
        return container()
                .path("ports")
                .valueStream()
                .anyMatch(port -> port.path("containerPort").asInt() == number);
    }

    /// Value of an argument, environment or label-like list entry `name=value` of the container.
    Optional<String> environment(String name) {
        return container()
                .path("env")
                .valueStream()
                .filter(variable -> variable.path("name").asText().equals(name))
                .map(variable -> variable.path("value").asText())
                .findFirst();
    }

    @Override
    public String toString() {
        return owner.toString();
    }
}
