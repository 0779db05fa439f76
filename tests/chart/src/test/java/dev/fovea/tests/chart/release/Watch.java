package dev.fovea.tests.chart.release;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A watch that tells what there is and ends: pods have succeeded as soon as they exist, so that nothing more happens.
/// Clients watch again if they want to.
final class Watch {

    private Watch() {}

    static void serve(HttpExchange exchange, List<ObjectNode> objects, Labels labels) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        for (ObjectNode object : objects) {
            if (labels.match(object)) {
                ObjectNode event = Answer.empty().put("type", "ADDED");
                event.set("object", object);
                exchange.getResponseBody().write((event + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
    }
}
