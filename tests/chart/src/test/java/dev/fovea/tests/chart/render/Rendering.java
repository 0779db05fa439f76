package dev.fovea.tests.chart.render;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What the chart becomes in one scenario on one version of Kubernetes.
///
/// @param values the chart's own with the scenario's laid upon them
/// @param documents hooks included
public record Rendering(String scenario, String kubernetes, ObjectNode values, List<Document> documents) {

    public Rendering {
        documents = List.copyOf(documents);
    }

    public Stream<Document> of(String kind) {
        return documents.stream().filter(document -> document.kind().equals(kind));
    }

    public Optional<Document> find(String kind, String name) {
        return of(kind).filter(document -> document.name().equals(name)).findFirst();
    }

    /// The same with every document that `which` holds for changed: how a test breaks a rule on purpose.
    ///
    /// @throws IllegalArgumentException if no document is changed
    public Rendering changed(Predicate<Document> which, Consumer<ObjectNode> change) {
        List<Document> copies = documents.stream().map(Document::copy).toList();
        copies.stream().filter(which).forEach(document -> change.accept(document.node()));
        if (copies.equals(documents)) {
            throw new IllegalArgumentException("nothing changed in " + this);
        }
        return new Rendering(scenario, kubernetes, values, copies);
    }

    /// The same without the documents that `which` holds for.
    ///
    /// @throws IllegalArgumentException if there are none
    public Rendering without(Predicate<Document> which) {
        List<Document> rest = documents.stream().filter(which.negate()).toList();
        if (rest.size() == documents.size()) {
            throw new IllegalArgumentException("nothing to leave out of " + this);
        }
        return new Rendering(scenario, kubernetes, values, rest);
    }

    @Override
    public String toString() {
        return scenario + " on " + kubernetes;
    }
}
