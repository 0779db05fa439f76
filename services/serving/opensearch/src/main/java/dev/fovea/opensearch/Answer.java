package dev.fovea.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fovea.inference.failure.Unavailable;

/// What the cluster answered.
///
/// @param status of HTTP
/// @param body a missing node if there was none, a text node if it was not JSON
record Answer(int status, JsonNode body) {

    boolean isGood() {
        return status >= 200 && status < 300;
    }

    /// Why it is not good, one line.
    String reason() {
        JsonNode reason = body.path("error").path("reason");
        String text = reason.isMissingNode() ? body.toString() : reason.asText();
        JsonNode cause = body.path("error").path("root_cause").path(0).path("reason");
        String full = cause.isMissingNode() || cause.asText().equals(text) ? text : text + ": " + cause.asText();
        return status + " " + full.substring(0, Math.min(500, full.length()));
    }

    /// @throws Unavailable with [#reason] if it is not good
    JsonNode require(Call call) {
        if (!isGood()) {
            throw new Unavailable(Trouble.UNAVAILABLE, "OpenSearch refused " + call.name() + ": " + reason());
        }
        return body;
    }
}
