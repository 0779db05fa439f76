package dev.fovea.tests.chart.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fovea.tests.chart.render.Rendering;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The arithmetic of a pod's beginning and end, in seconds.
final class Timing {

    /// The last commit may take 10 s (`fovea.kafka` closes its producer within that) before sessions are closed.
    private static final int AFTER_DRAIN = 10;

    private static final Pattern DURATION = Pattern.compile("(\\d+)(ms|s|m|h)");

    private Timing() {}

    /// Probes of the start last at least as long as models may load; a rollout is not given up before.
    static List<String> startup(Rendering rendering) {
        var findings = new Findings();
        Pod.services(rendering).forEach(pod -> {
            JsonNode values = ServiceValues.of(rendering, pod).path("startup");
            JsonNode probe = pod.container().path("startupProbe");
            int patience = probe.path("failureThreshold").asInt(3)
                    * probe.path("periodSeconds").asInt(10);
            findings.check(
                    patience >= values.path("maxLoadTime").asInt(),
                    pod,
                    "is probed for " + patience + " s and may load for " + values.path("maxLoadTime") + " s");
            if (pod.owner().kind().equals("Deployment")) {
                int deadline = pod.owner().at("/spec/progressDeadlineSeconds").asInt(600);
                int start = patience + values.path("maxFetchTime").asInt();
                findings.check(
                        deadline > start, pod, "is given up after " + deadline + " s and may start for " + start);
            }
        });
        return findings.all();
    }

    /// The grace period holds the time before SIGTERM, the drain, and the end of the process.
    static List<String> drain(Rendering rendering) {
        var findings = new Findings();
        Pod.services(rendering).forEach(pod -> {
            int grace = pod.spec().path("terminationGracePeriodSeconds").asInt(30);
            int preStop = pod.container().at("/lifecycle/preStop/sleep/seconds").asInt();
            int drain = seconds(
                    Configuration.of(rendering, pod).value("fovea.drain.limit").orElseThrow());
            findings.check(preStop > 0, pod, "ends while callers are still sent to it: no preStop sleep");
            findings.check(
                    grace >= preStop + drain + AFTER_DRAIN,
                    pod,
                    "is killed after " + grace + " s; preStop " + preStop + " s, drain " + drain + " s, then "
                            + AFTER_DRAIN);
        });
        return findings.all();
    }

    static int seconds(String duration) {
        Matcher form = DURATION.matcher(duration);
        if (!form.matches()) {
            throw new IllegalArgumentException("\"" + duration + "\" is no duration");
        }
        int count = Integer.parseInt(form.group(1));
        return switch (form.group(2)) {
            case "ms" -> Math.ceilDiv(count, 1000);
            case "s" -> count;
            case "m" -> count * 60;
            default -> count * 3600;
        };
    }
}
