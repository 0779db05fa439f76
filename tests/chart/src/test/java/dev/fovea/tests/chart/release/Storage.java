package dev.fovea.tests.chart.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/// Objects by their path, checked before they are taken. Any thread.
final class Storage {

    private final SortedMap<String, ObjectNode> objects = new ConcurrentSkipListMap<>();
    private final AtomicInteger revision = new AtomicInteger();
    private final Function<JsonNode, List<String>> problems;

    /// @param problems of an object that is about to be stored; it is refused if there are any
    Storage(Function<JsonNode, List<String>> problems) {
        this.problems = problems;
    }

    Answer create(String collection, ObjectNode object) {
        String path = collection + "/" + object.at("/metadata/name").asText();
        return objects.containsKey(path)
                ? Answer.refused(409, "AlreadyExists", path + " already exists")
                : store(path, object, 201);
    }

    Answer replace(String path, ObjectNode object) {
        return get(path).map(former -> change(path, former, object)).orElseGet(() -> Answer.notFound(path));
    }

    Answer patch(String path, JsonNode patch) {
        return get(path)
                .map(former -> change(path, former, Patches.merged(former, patch)))
                .orElseGet(() -> Answer.notFound(path));
    }

    Answer delete(String path) {
        ObjectNode removed = objects.remove(path);
        return removed == null ? Answer.notFound(path) : Answer.ok(removed);
    }

    Optional<ObjectNode> get(String path) {
        return Optional.ofNullable(objects.get(path)).map(ObjectNode::deepCopy);
    }

    /// Those below a collection, in the order of their names.
    List<ObjectNode> list(String collection) {
        String first = collection + "/";
        return objects.subMap(first, first + Character.MAX_VALUE).values().stream()
                .map(ObjectNode::deepCopy)
                .toList();
    }

    /// Paths of everything that is stored.
    List<String> paths() {
        return List.copyOf(objects.keySet());
    }

    int revision() {
        return revision.get();
    }

    private Answer change(String path, ObjectNode former, ObjectNode object) {
        List<String> fixed = Immutable.changed(former, object);
        return fixed.isEmpty()
                ? store(path, object, 200)
                : Answer.refused(422, "Invalid", path + ": fields that never change: " + fixed);
    }

    private Answer store(String path, ObjectNode object, int status) {
        List<String> wrong = isRelease(object) ? List.of() : problems.apply(asSent(object));
        if (!wrong.isEmpty()) {
            return Answer.refused(422, "Invalid", String.join("; ", wrong));
        }
        ObjectNode metadata = object.withObject("/metadata");
        metadata.put("resourceVersion", String.valueOf(revision.incrementAndGet()));
        if (!metadata.has("uid")) {
            metadata.put("uid", UUID.randomUUID().toString());
            metadata.put("creationTimestamp", "2026-01-01T00:00:00Z");
        }
        if (object.path("kind").asText().equals("Pod")) {
            object.withObject("/status").put("phase", "Succeeded");
        }
        objects.put(path, object);
        return new Answer(status, object.deepCopy());
    }

    private static boolean isRelease(ObjectNode object) {
        return object.path("type").asText().startsWith("helm.sh/release");
    }

    /// Without what the server itself adds.
    private static ObjectNode asSent(ObjectNode object) {
        ObjectNode sent = object.deepCopy();
        sent.remove("status");
        sent.withObject("/metadata").remove(List.of("uid", "creationTimestamp", "resourceVersion"));
        return sent;
    }
}
