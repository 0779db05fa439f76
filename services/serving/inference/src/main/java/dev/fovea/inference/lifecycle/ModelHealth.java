package dev.fovea.inference.lifecycle;

import dev.fovea.inference.batching.InstanceVitals;
import dev.fovea.inference.batching.InstanceVitals.Phase;
import java.time.Duration;
import java.util.List;

/// What the probes of a model say, with the reason in one sentence.
///
/// @param alive whether the owner threads move; if not, only a new process helps
/// @param ready whether known-good input would be answered
/// @param degraded whether some instances, but not all, are lost
public record ModelHealth(boolean alive, boolean ready, boolean degraded, String reason) {

    /// Judges a model by the facts; pure.
    ///
    /// A failed run alone does not end readiness: poisoned items fail on a healthy model. It makes
    /// [#needsSample] true, and the sample decides.
    public static ModelHealth assess(Facts facts, HealthPolicy policy, long nowNanos) {
        List<InstanceVitals> vitals = facts.vitals();
        long lost = vitals.stream().filter(v -> v.phase() == Phase.FAILED).count();
        boolean degraded = lost > 0 && lost < vitals.size();
        if (facts.state() instanceof ModelState.Failed(Throwable cause)) {
            return new ModelHealth(false, false, degraded, "model failed: " + cause.getMessage());
        }
        if (lost == vitals.size()) {
            return new ModelHealth(false, false, false, "all " + lost + " instances are lost");
        }
        for (int i = 0; i < vitals.size(); i++) {
            Duration inPhase = Duration.ofNanos(nowNanos - vitals.get(i).sinceNanos());
            if (vitals.get(i).phase() == Phase.RUNNING && inPhase.compareTo(policy.stuckAfter()) > 0) {
                return new ModelHealth(false, false, degraded, stuck(i, inPhase, policy));
            }
        }
        if (!(facts.state() instanceof ModelState.Serving)) {
            return new ModelHealth(
                    true, false, degraded, "model is " + facts.state().label());
        }
        if (facts.lastCheck() instanceof SampleCheck.Failed(long _, String reason)) {
            return new ModelHealth(true, false, degraded, "stored sample: " + reason);
        }
        return new ModelHealth(true, true, degraded, vitals.size() - lost + " of " + vitals.size() + " instances work");
    }

    /// Whether real traffic has been failing or absent, so that only the stored sample can tell. Once the
    /// sample has failed only the sample clears it: a model that answers wrongly succeeds at every run. Pure.
    public static boolean needsSample(Facts facts, HealthPolicy policy, long nowNanos) {
        return facts.state() instanceof ModelState.Serving
                && (facts.lastCheck() instanceof SampleCheck.Failed
                        || facts.vitals().stream()
                                .filter(InstanceVitals::isWorking)
                                .anyMatch(v -> v.consecutiveFailures() > 0 || isStale(v, policy, nowNanos)));
    }

    private static boolean isStale(InstanceVitals vitals, HealthPolicy policy, long nowNanos) {
        return !vitals.succeeded()
                || nowNanos - vitals.lastSuccessNanos() >= policy.freshFor().toNanos();
    }

    private static String stuck(int instance, Duration running, HealthPolicy policy) {
        return "instance " + instance + " has been inside one run for " + running.toMillis() + " ms, limit "
                + policy.stuckAfter().toMillis() + " ms";
    }

    /// What is known about a model at one moment.
    public record Facts(ModelState state, List<InstanceVitals> vitals, SampleCheck lastCheck) {

        public Facts {
            vitals = List.copyOf(vitals);
        }
    }
}
