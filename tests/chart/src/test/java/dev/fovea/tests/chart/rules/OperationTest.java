package dev.fovea.tests.chart.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fovea.tests.chart.render.Document;
import dev.fovea.tests.chart.render.HelmYaml;
import dev.fovea.tests.chart.render.Rendering;
import dev.fovea.tests.chart.render.Renderings;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/// Beginnings, ends and numbers of pods. Beside every rule stands a rendering that breaks it.
class OperationTest {

    private static final Rendering MINIMAL = Renderings.of("minimal");
    private static final Rendering KEDA = Renderings.of("keda");

    @EveryRendering
    void startupProbesLastAsLongAsModelsMayLoad(Rendering rendering) {
        assertThat(Timing.startup(rendering)).isEmpty();
    }

    @Test
    void aStartThatIsGivenUpTooEarlyIsSeen() {
        Rendering impatient = Pod.serviceContainersChanged(
                MINIMAL, container -> container.withObject("/startupProbe").put("failureThreshold", 3));
        Rendering hasty = MINIMAL.changed(
                kind("Deployment"), node -> node.withObject("/spec").put("progressDeadlineSeconds", 60));

        assertThat(Timing.startup(impatient)).isNotEmpty();
        assertThat(Timing.startup(hasty)).isNotEmpty();
    }

    @Test
    void aChangedConfigurationRollsOut() {
        ObjectNode change = HelmYaml.object("defaults: {config: {fovea.batching.max-delay: 5ms}}");

        Rendering changed = Renderings.renderer().render("changed", change, MINIMAL.kubernetes());

        assertThat(templates(changed)).hasSize(3).doesNotContainAnyElementsOf(templates(MINIMAL));
    }

    private static List<JsonNode> templates(Rendering rendering) {
        return Pod.services(rendering).map(Pod::metadata).toList();
    }

    @EveryRendering
    void gracePeriodsHoldPreStopDrainAndEnd(Rendering rendering) {
        assertThat(Timing.drain(rendering)).isEmpty();
    }

    @Test
    void aGracePeriodThatIsTooShortIsSeen() {
        Rendering killed = Pod.changed(MINIMAL, Pod::isService, spec -> spec.put("terminationGracePeriodSeconds", 30));
        Rendering unannounced = Pod.serviceContainersChanged(MINIMAL, container -> container.remove("lifecycle"));
        Rendering slow = Configuration.replaced(MINIMAL, "fovea.drain.limit=.*", "fovea.drain.limit=5m");

        assertThat(Timing.drain(killed)).isNotEmpty();
        assertThat(Timing.drain(unannounced)).isNotEmpty();
        assertThat(Timing.drain(slow)).isNotEmpty();
    }

    @EveryRendering
    void replicasAreNamedWhereNoScalerOwnsThem(Rendering rendering) {
        assertThat(Scaling.owners(rendering)).isEmpty();
    }

    @Test
    void aNumberWithTwoOwnersIsSeen() {
        Rendering both =
                KEDA.changed(Pod::isService, node -> node.withObject("/spec").put("replicas", 2));
        Rendering neither = KEDA.without(kind("ScaledObject"));

        assertThat(Scaling.owners(both)).isNotEmpty();
        assertThat(Scaling.owners(neither)).isNotEmpty();
    }

    @EveryRendering
    void noMorePodsThanPartitions(Rendering rendering) {
        assertThat(Scaling.partitions(rendering)).isEmpty();
    }

    @Test
    void aPodWithoutPartitionIsSeen() {
        Rendering scaled = KEDA.changed(
                kind("ScaledObject"), node -> node.withObject("/spec").put("maxReplicaCount", 9));
        Rendering fixed = Renderings.of("ha")
                .changed(kind("Deployment"), node -> node.withObject("/spec").put("replicas", 13));
        Rendering topic = Renderings.of("strimzi")
                .changed(kind("KafkaTopic"), node -> node.withObject("/spec").put("partitions", 1));

        assertThat(Scaling.partitions(scaled)).isNotEmpty();
        assertThat(Scaling.partitions(fixed)).isNotEmpty();
        assertThat(Scaling.partitions(topic)).isNotEmpty();
    }

    @EveryRendering
    void lagIsThatOfTheServicesOwnTopicsAndGroups(Rendering rendering) {
        assertThat(Scaling.lag(rendering)).isEmpty();
    }

    @Test
    void theLagOfAnotherGroupIsSeen() {
        Rendering other = trigger("consumerGroup", "fovea");
        Rendering elsewhere = trigger("bootstrapServers", "elsewhere:9092");

        assertThat(Scaling.lag(other)).isNotEmpty();
        assertThat(Scaling.lag(elsewhere)).isNotEmpty();
    }

    private static Rendering trigger(String field, String value) {
        return KEDA.changed(
                kind("ScaledObject"), node -> ((ObjectNode) node.at("/spec/triggers/0/metadata")).put(field, value));
    }

    @EveryRendering
    void budgetsLetNodesBeEmptied(Rendering rendering) {
        assertThat(Scaling.disruption(rendering)).isEmpty();
    }

    @Test
    void aBudgetThatBlocksADrainIsSeen() {
        Rendering blocked = MINIMAL.changed(
                kind("PodDisruptionBudget"), node -> node.withObject("/spec").put("maxUnavailable", 0));

        assertThat(Scaling.disruption(blocked)).isNotEmpty();
    }

    @EveryRendering
    void aBrokenVersionOfTheIndexIsTakenBack(Rendering rendering) {
        assertThat(Scaling.rollback(rendering)).isEmpty();
    }

    @Test
    void aRollbackThatWaitsForABrokenPodIsSeen() {
        Rendering ordered = MINIMAL.changed(
                kind("StatefulSet"), node -> node.withObject("/spec").remove("podManagementPolicy"));

        assertThat(Scaling.rollback(ordered)).isNotEmpty();
    }

    private static Predicate<Document> kind(String kind) {
        return document -> document.kind().equals(kind);
    }
}
