package dev.fovea.tests.chart.validate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// KEDA's kinds, by schemas written from its documentation for the fields that the chart may use: no Java model of them
/// exists.
final class KedaKinds implements Validator.KindsOf {

    private static final String API = "keda.sh/v1alpha1";

    private final Map<String, ClosedSchema> schemas = Map.of(
            "ScaledObject", schema("ScaledObject.json"), "TriggerAuthentication", schema("TriggerAuthentication.json"));

    @Override
    public boolean knows(String apiVersion, String kind) {
        return apiVersion.equals(API) && schemas.containsKey(kind);
    }

    @Override
    public List<String> problems(JsonNode document) {
        return Objects.requireNonNull(schemas.get(document.path("kind").asText()))
                .problems(document);
    }

    private static ClosedSchema schema(String resource) {
        try (InputStream file = Objects.requireNonNull(KedaKinds.class.getResourceAsStream(resource), resource)) {
            return ClosedSchema.of(new ObjectMapper().readTree(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
