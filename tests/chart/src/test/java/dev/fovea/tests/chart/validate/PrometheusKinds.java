package dev.fovea.tests.chart.validate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// The Prometheus operator's kinds, by fabric8's classes. The classes set aside what they do not know; they are read
/// here without that, so that an unknown field is an error.
final class PrometheusKinds implements Validator.KindsOf {

    private static final String API = "monitoring.coreos.com/v1";
    private static final Map<String, Class<?>> CLASSES =
            Map.of("PrometheusRule", PrometheusRule.class, "ServiceMonitor", ServiceMonitor.class);
    private static final ObjectMapper STRICT =
            JsonMapper.builder().annotationIntrospector(new NothingSetAside()).build();

    @Override
    public boolean knows(String apiVersion, String kind) {
        return apiVersion.equals(API) && CLASSES.containsKey(kind);
    }

    @Override
    public List<String> problems(JsonNode document) {
        Class<?> type = Objects.requireNonNull(CLASSES.get(document.path("kind").asText()));
        try {
            JsonNode back = STRICT.valueToTree(STRICT.treeToValue(document, type));
            return RoundTrip.losses(document, back, Set.of());
        } catch (JsonProcessingException refused) {
            return List.of(refused.getOriginalMessage() + " " + refused.getLocation());
        }
    }

    private static final class NothingSetAside extends JacksonAnnotationIntrospector {

        private static final long serialVersionUID = 1L;

        @Override
        public Boolean hasAnySetter(Annotated member) {
            return false;
        }

        @Override
        public Boolean hasAnyGetter(Annotated member) {
            return false;
        }
    }
}
