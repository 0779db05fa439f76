package dev.fovea.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fovea.inference.Deadline;
import dev.fovea.inference.failure.InvalidInput;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Brings groups of writes to their outcomes: one request, then again, after a back-off, with those that met something
/// that may pass. Any thread.
///
/// Writes are independent: one that is refused harms no other of its group.
final class BulkRequests {

    private static final int CONFLICT = 409;
    private static final int NOT_FOUND = 404;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Cluster cluster;
    private final String path;
    private final Map<String, String> parameters;

    /// @param path `/` and the alias for writes
    /// @param patience how long a node may wait for a shard to become available, before it answers that it is not
    BulkRequests(Cluster cluster, String path, Duration patience) {
        this.cluster = cluster;
        this.path = path;
        this.parameters = Map.of("require_alias", "true", "timeout", patience.toMillis() + "ms");
    }

    /// Returns when every write has its outcome or its caller has given up.
    void deliver(List<PendingWrite> group) throws InterruptedException {
        List<PendingWrite> open = wanted(group);
        for (int failures = 0; !open.isEmpty(); failures++) {
            if (failures > 0 && !cluster.pauseAfter(failures, latest(open))) {
                open.forEach(write ->
                        write.outcome.completeExceptionally(write.trouble().asFailure()));
                return;
            }
            open = wanted(open);
            if (!open.isEmpty()) {
                open = attempt(open);
            }
        }
    }

    /// @return those to be tried again
    private List<PendingWrite> attempt(List<PendingWrite> writes) throws InterruptedException {
        Call call = Call.bulk(path + "/_bulk", parameters, lines(writes));
        return switch (cluster.attempt(call, latest(writes))) {
            case Attempt.Failed failed -> marked(writes, failed.trouble());
            case Attempt.Answered answered
            when answered.answer().isGood() ->
                settle(writes, answered.answer().body().path("items"));
            case Attempt.Answered answered ->
                marked(
                        writes,
                        Trouble.of(answered.answer().status(), answered.answer().reason()));
        };
    }

    /// @param items one for each write, in order
    private List<PendingWrite> settle(List<PendingWrite> writes, JsonNode items) throws InterruptedException {
        List<PendingWrite> again = new ArrayList<>();
        List<PendingWrite> conflicts = new ArrayList<>();
        for (int i = 0; i < writes.size(); i++) {
            PendingWrite write = writes.get(i);
            JsonNode item = items.path(i).path("index");
            int status = item.path("status").asInt(500);
            String reason = status + " " + item.path("error").path("reason").asText();
            if (status < 300) {
                write.store();
            } else if (status == CONFLICT) {
                conflicts.add(write);
            } else if (Trouble.isPassing(status) || status == NOT_FOUND) {
                write.meet(Trouble.of(status, reason));
                again.add(write);
            } else {
                write.outcome.completeExceptionally(new InvalidInput(
                        "ENTRY_REFUSED", "OpenSearch refused the entry \"" + write.id + "\": " + reason));
            }
        }
        again.addAll(compare(conflicts));
        return again;
    }

    /// Looks up what won.
    ///
    /// @return those that won before and are confirmed, and those whose winner is not to be seen: a tombstone that
    ///     was purged meanwhile, or a copy that lags
    private List<PendingWrite> compare(List<PendingWrite> conflicts) throws InterruptedException {
        if (conflicts.isEmpty()) {
            return conflicts;
        }
        ArrayNode ids = JSON.arrayNode();
        conflicts.forEach(write -> ids.add(write.id));
        Map<String, String> ofPrimary = Map.of("preference", "_primary");
        Call call = Call.post(path + "/_mget", ofPrimary, JSON.objectNode().set("ids", ids));
        return switch (cluster.attempt(call, latest(conflicts))) {
            case Attempt.Failed failed -> marked(conflicts, failed.trouble());
            case Attempt.Answered answered -> {
                JsonNode documents = answered.answer().body().path("docs");
                for (int i = 0; i < conflicts.size(); i++) {
                    compare(conflicts.get(i), documents.path(i));
                }
                yield wanted(conflicts);
            }
        };
    }

    private static void compare(PendingWrite write, JsonNode document) {
        long kept = document.path("found").asBoolean() ? Documents.version(document) : 0;
        if (kept > write.version) {
            write.yieldTo(kept);
        } else if (kept == write.version) {
            write.confirm(document.path("_source").toString().getBytes(StandardCharsets.UTF_8));
        } else {
            write.meet(new Trouble(false, "the version of \"" + write.id + "\" is in dispute", false));
        }
    }

    private static byte[] lines(List<PendingWrite> writes) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (PendingWrite write : writes) {
            String action = JSON.objectNode()
                    .set(
                            "index",
                            JSON.objectNode()
                                    .put("_id", write.id)
                                    .put("version", write.version)
                                    .put("version_type", write.versionType()))
                    .toString();
            lines.writeBytes(action.getBytes(StandardCharsets.UTF_8));
            lines.write('\n');
            lines.writeBytes(write.document());
            lines.write('\n');
        }
        return lines.toByteArray();
    }

    private static List<PendingWrite> marked(List<PendingWrite> writes, Trouble trouble) {
        writes.forEach(write -> write.meet(trouble));
        return writes;
    }

    private static List<PendingWrite> wanted(List<PendingWrite> writes) {
        return writes.stream().filter(write -> !write.outcome.isDone()).toList();
    }

    private static Deadline latest(List<PendingWrite> writes) {
        return new Deadline(writes.stream()
                .mapToLong(write -> write.deadline.atNanos())
                .max()
                .orElse(0));
    }
}
