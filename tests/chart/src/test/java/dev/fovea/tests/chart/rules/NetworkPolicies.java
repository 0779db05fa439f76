package dev.fovea.tests.chart.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fovea.tests.chart.render.Document;
import dev.fovea.tests.chart.render.Rendering;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What may come in and go out.
final class NetworkPolicies {

    /// Keys whose values are servers: `host:port`, or a URL.
    private static final Pattern SERVERS = Pattern.compile(
            "fovea\\.(kafka\\.bootstrap-servers|kafka\\.properties\\.sasl\\.oauthbearer\\.(token|jwks)\\.endpoint\\.url"
                    + "|grpc\\.auth\\.oidc\\.(issuer|jwks-url)|retrieval\\.opensearch\\.urls|retrieval\\.local-features\\.remote)");

    private static final Pattern PORT = Pattern.compile("(?:[a-z]+:///?)?[A-Za-z0-9.-]+:(\\d{2,5})(?:/.*)?");

    private NetworkPolicies() {}

    /// Where there are policies, each service has one, for both directions, and it lets in what is served.
    static List<String> ingress(Rendering rendering) {
        var findings = new Findings();
        Pod.services(rendering).filter(pod -> isGuarded(rendering, pod)).forEach(pod -> {
            List<Document> policies = of(rendering, pod);
            findings.check(policies.size() == 1, pod, "has the policies " + policies);
            policies.forEach(policy -> {
                findings.check(
                        words(policy.at("/spec/policyTypes")).equals(Set.of("Ingress", "Egress")),
                        policy,
                        "is not for both directions");
                Set<String> open = ports(pod, policy.at("/spec/ingress"));
                for (String served : List.of("grpc", "http")) {
                    String port = pod.portNamed(served).orElse(0) + "/TCP";
                    findings.check(open.contains(port), policy, "lets nobody in at " + served + ", " + port);
                }
            });
        });
        return findings.all();
    }

    /// Names can be resolved, and every server that the configuration names can be reached.
    static List<String> egress(Rendering rendering) {
        var findings = new Findings();
        Pod.services(rendering).filter(pod -> isGuarded(rendering, pod)).forEach(pod -> of(rendering, pod)
                .forEach(policy -> {
                    Set<String> open = ports(pod, policy.at("/spec/egress"));
                    Set<String> needed = new TreeSet<>(Set.of("53/UDP", "53/TCP"));
                    needed.addAll(servers(rendering, pod));
                    findings.check(open.containsAll(needed), policy, "opens " + open + " of " + needed);
                }));
        return findings.all();
    }

    /// No rule opens every port, save those that the values add.
    static List<String> bounded(Rendering rendering) {
        var findings = new Findings();
        Pod.services(rendering).forEach(pod -> of(rendering, pod).forEach(policy -> {
            JsonNode values = ServiceValues.of(rendering, pod).path("networkPolicy");
            for (String direction : List.of("ingress", "egress")) {
                JsonNode extra = values.path(direction.equals("ingress") ? "extraIngress" : "extraEgress");
                policy.at("/spec")
                        .path(direction)
                        .forEach(rule -> findings.check(
                                !rule.path("ports").isEmpty()
                                        || extra.valueStream().anyMatch(rule::equals),
                                policy,
                                "opens every port: " + rule));
            }
        }));
        return findings.all();
    }

    private static boolean isGuarded(Rendering rendering, Pod pod) {
        return ServiceValues.of(rendering, pod).at("/networkPolicy/enabled").asBoolean();
    }

    private static List<Document> of(Rendering rendering, Pod pod) {
        return rendering
                .of("NetworkPolicy")
                .filter(policy -> Wiring.matches(Wiring.selector(policy), pod.labels()))
                .toList();
    }

    /// `port/protocol` of each server that the configuration names.
    private static Set<String> servers(Rendering rendering, Pod pod) {
        Set<String> ports = new TreeSet<>();
        Configuration.of(rendering, pod).given().forEach((key, value) -> {
            if (SERVERS.matcher(key).matches()) {
                for (String server : value.split(",", -1)) {
                    Matcher port = PORT.matcher(server);
                    ports.add((port.matches() ? port.group(1) : "443") + "/TCP");
                }
            }
        });
        return ports;
    }

    private static Set<String> ports(Pod pod, JsonNode rules) {
        Set<String> open = new TreeSet<>();
        for (JsonNode rule : rules) {
            for (JsonNode port : rule.path("ports")) {
                String number = port.path("port").isTextual()
                        ? String.valueOf(
                                pod.portNamed(port.path("port").asText()).orElse(0))
                        : port.path("port").asText();
                open.add(number + "/" + port.path("protocol").asText("TCP"));
            }
        }
        return open;
    }

    private static Set<String> words(JsonNode list) {
        return list.valueStream().map(JsonNode::asText).collect(Collectors.toSet());
    }
}
