package dev.fovea.tests.chart.release;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// One HTTP request, read to its end.
record Request(String method, String path, Map<String, String> query, ByteBuffer body) {

    static Request of(HttpExchange exchange) throws IOException {
        Map<String, String> query = new HashMap<>();
        String raw = Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
        for (String pair : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                query.put(pair.substring(0, equals), URLDecoder.decode(pair.substring(equals + 1), UTF_8));
            }
        }
        return new Request(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                query,
                ByteBuffer.wrap(exchange.getRequestBody().readAllBytes()).asReadOnlyBuffer());
    }

    /// The last part of the path.
    String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    Labels labels() {
        return Labels.of(query.getOrDefault("labelSelector", ""));
    }

    boolean isWatch() {
        return "true".equals(query.get("watch")) || "1".equals(query.get("watch"));
    }

    /// Whether the watch is to begin with what there is, which servers may refuse.
    boolean isWatchList() {
        return query.containsKey("sendInitialEvents");
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
