package dev.fovea.quarkus.health;

import dev.fovea.quarkus.health.ObservationLog.Observation;
import dev.fovea.quarkus.health.ServiceHealth.Finding;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/// Findings as SmallRye's answers, with state, since and last error of every part. Any thread.
public final class HealthResponses {

    private final ObservationLog log;

    public HealthResponses(ObservationLog log) {
        this.log = log;
    }

    /// Up if all findings are.
    public HealthCheckResponse of(String check, List<Finding> findings) {
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named(check).status(findings.stream().allMatch(Finding::up));
        if (findings.isEmpty()) {
            response.withData("state", "DISABLED");
        }
        for (Finding finding : findings) {
            Observation seen = log.note(
                    check + " " + finding.subject(),
                    finding.state() + (finding.up() ? " up" : " down"),
                    finding.error() ? Optional.of(finding.reason()) : Optional.empty());
            String subject = finding.subject();
            response.withData(subject + ".state", finding.state());
            response.withData(subject + ".since", seen.since().toString());
            response.withData(subject + ".reason", finding.reason());
            if (finding.degraded()) {
                response.withData(subject + ".degraded", true);
            }
            seen.lastError().ifPresent(error -> response.withData(subject + ".lastError", error));
        }
        return response.build();
    }
}
