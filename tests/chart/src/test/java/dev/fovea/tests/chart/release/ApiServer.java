package dev.fovea.tests.chart.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/// A stand-in for a cluster's API server on loopback: it stores what it is sent, refuses what its validator refuses,
/// and every pod has succeeded once it is there. It has no admission, defaults, controllers or scheduler.
final class ApiServer implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Discovery discovery;
    private final Storage storage;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /// @param version of Kubernetes, as `1.34.0`
    /// @param problems of an object; one that has any is refused with 422
    ApiServer(String version, Function<JsonNode, List<String>> problems) throws IOException {
        discovery = new Discovery(version);
        storage = new Storage(problems);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    Storage storage() {
        return storage;
    }

    /// What Helm needs to find it.
    String kubeconfig(String namespace) {
        return """
                apiVersion: v1
                kind: Config
                clusters: [{name: stand-in, cluster: {server: "http://127.0.0.1:%d"}}]
                users: [{name: somebody, user: {token: any}}]
                contexts: [{name: here, context: {cluster: stand-in, user: somebody, namespace: %s}}]
                current-context: here
                """.formatted(server.getAddress().getPort(), namespace);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            Request request = Request.of(exchange);
            if (request.isWatchList()) {
                send(exchange, Answer.refused(422, "Invalid", "sendInitialEvents is forbidden: list, then watch"));
            } else if (request.isWatch()) {
                Watch.serve(exchange, storage.list(request.path()), request.labels());
            } else {
                send(exchange, answer(request));
            }
        }
    }

    private Answer answer(Request request) {
        try {
            Optional<Answer> known =
                    request.method().equals("GET") ? discovery.answer(request.path()) : Optional.empty();
            return known.isPresent() ? known.get() : objects(request);
        } catch (IOException | RuntimeException broken) {
            return Answer.refused(500, "InternalError", request + ": " + broken);
        }
    }

    private Answer objects(Request request) throws IOException {
        if (request.path().matches("/api/v1/namespaces/[^/]+")) {
            ObjectNode namespace = Answer.object("v1", "Namespace");
            namespace.putObject("metadata").put("name", request.name());
            return Answer.ok(namespace);
        }
        Optional<Resources.Resource> resource = Resources.at(request.path());
        if (resource.isEmpty()) {
            return Answer.notFound(request.path());
        }
        boolean collection = request.path().endsWith("/" + resource.get().plural());
        return switch (request.method()) {
            case "GET" ->
                collection
                        ? Answer.ok(list(resource.get(), request))
                        : storage.get(request.path())
                                .map(found -> Answer.ok(found))
                                .orElseGet(() -> Answer.notFound(request.path()));
            case "POST" -> storage.create(request.path(), ReleaseSecrets.read(request.body()));
            case "PUT" -> storage.replace(request.path(), ReleaseSecrets.read(request.body()));
            case "PATCH" -> storage.patch(request.path(), ReleaseSecrets.read(request.body()));
            case "DELETE" -> storage.delete(request.path());
            default -> Answer.refused(405, "MethodNotAllowed", request.method());
        };
    }

    private ObjectNode list(Resources.Resource resource, Request request) {
        ObjectNode list = Answer.object(resource.groupVersion(), resource.kind() + "List");
        list.putObject("metadata").put("resourceVersion", String.valueOf(storage.revision()));
        ArrayNode items = list.putArray("items");
        storage.list(request.path()).stream().filter(request.labels()::match).forEach(items::add);
        return list;
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        byte[] body = JSON.writeValueAsBytes(answer.body());
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(answer.status(), body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
