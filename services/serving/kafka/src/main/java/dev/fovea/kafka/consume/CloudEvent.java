package dev.fovea.kafka.consume;

import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.kafka.form.Malformed;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The context attributes of a CloudEvent, from headers or from the structured JSON form.
///
/// Source: CloudEvents 1.0.2, section "Context Attributes"; `dataref` and `traceparent` are its documented extensions.
record CloudEvent(Map<String, String> attributes) {

    // What is defined and read: the context attributes, the claim check and the distributed trace.
    private static final Set<String> DEFINED = Set.of(
            "specversion",
            "id",
            "source",
            "type",
            "subject",
            "time",
            "datacontenttype",
            "dataschema",
            "dataref",
            "traceparent",
            "tracestate");

    CloudEvent {
        attributes = Map.copyOf(attributes);
    }

    /// The CloudEvent whose attributes are `ce_` headers; empty if there is none of the required ones.
    static Optional<CloudEvent> inHeaders(RecordHeaders headers) {
        Map<String, String> attributes = headers.startingWith("ce_");
        boolean isOne = attributes.containsKey("specversion")
                || attributes.containsKey("id")
                || attributes.containsKey("source")
                || attributes.containsKey("type");
        return isOne ? Optional.of(new CloudEvent(attributes).checked()) : Optional.empty();
    }

    /// @throws InvalidInput naming the required attribute that is missing, or another version than 1.0
    CloudEvent checked() {
        for (String required : new String[] {"specversion", "id", "source", "type"}) {
            if (get(required).isEmpty()) {
                throw Malformed.because("the CloudEvents attribute " + required + " is missing");
            }
        }
        String version = get("specversion").orElseThrow();
        if (!version.equals("1.0")) {
            throw Malformed.because("CloudEvents specversion is not 1.0", version);
        }
        return this;
    }

    /// The sender's own attributes.
    Map<String, String> extensions() {
        Map<String, String> extensions = new TreeMap<>(attributes);
        extensions.keySet().removeAll(DEFINED);
        return extensions;
    }

    Optional<String> get(String attribute) {
        return Optional.ofNullable(attributes.get(attribute)).filter(value -> !value.isBlank());
    }
}
