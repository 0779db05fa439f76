package dev.fovea.tests.chart.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.LintResult;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every scenario of the chart, on every version of Kubernetes.
class ScenariosTest {

    /// OCI images are volumes by default from here on.
    private static final String IMAGE_VOLUMES = "1.33.0";

    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource
    void rendersOnEveryVersionThatCanRunIt(Scenario scenario, String kubernetes) {
        assertThat(Renderings.of(scenario, kubernetes).documents()).isNotEmpty();
    }

    static Stream<Arguments> rendersOnEveryVersionThatCanRunIt() {
        return matrix(true);
    }

    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource
    void refusesAVersionWithoutImageVolumes(Scenario scenario, String kubernetes) {
        assertThatThrownBy(() -> Renderings.of(scenario, kubernetes)).hasMessageContaining("Kubernetes 1.33");
    }

    static Stream<Arguments> refusesAVersionWithoutImageVolumes() {
        return matrix(false);
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void becomesTheSameOnEveryVersion(Scenario scenario) {
        List<Document> newest =
                Renderings.of(scenario, Renderings.VERSIONS.getLast()).documents();

        assertThat(Renderings.VERSIONS.stream().filter(version -> canRun(scenario, version)))
                .allSatisfy(version ->
                        assertThat(Renderings.of(scenario, version).documents()).isEqualTo(newest));
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void passesStrictLint(Scenario scenario) {
        LintResult result = Renderings.renderer().lint(scenario.values());

        assertThat(result.getMessages()).noneMatch(message -> message.matches(".*\\[(WARNING|ERROR)].*"));
        assertThat(result.isFailed()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void tellsInItsNotesWhatToRunNext(Scenario scenario) {
        String notes = Renderings.renderer().notes(scenario.values(), Renderings.VERSIONS.getLast());

        assertThat(notes)
                .contains("NOTES:", "kubectl", "-n " + Renderer.NAMESPACE, Renderer.RELEASE)
                .doesNotContain("<no value>", "<nil>", "%!");
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void leavesNoHoleOfTheTemplates(Scenario scenario) {
        assertThat(Renderings.of(scenario, Renderings.VERSIONS.getLast()).documents())
                .allSatisfy(document ->
                        assertThat(document.node().toString()).doesNotContain("<no value>", "<nil>", "%!", "map["));
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void rendersNoObjectTwice(Scenario scenario) {
        assertThat(Renderings.of(scenario, Renderings.VERSIONS.getLast()).documents())
                .extracting(Document::apiVersion, Document::kind, Document::name)
                .doesNotHaveDuplicates();
    }

    @Test
    void refusesAVersionThatIsTooOld() {
        Scenario minimal = Chart.fovea().scenario("minimal");

        assertThatThrownBy(() -> Renderings.of(minimal, "1.29.0")).hasMessageContaining("1.29.0");
    }

    static List<Scenario> scenarios() {
        return Chart.fovea().scenarios();
    }

    private static Stream<Arguments> matrix(boolean canRun) {
        return scenarios().stream().flatMap(scenario -> Renderings.VERSIONS.stream()
                .filter(version -> canRun(scenario, version) == canRun)
                .map(version -> Arguments.of(scenario, version)));
    }

    private static boolean canRun(Scenario scenario, String kubernetes) {
        boolean asks = scenario.values().findValuesAsText("source").contains("image");
        return !asks || kubernetes.compareTo(IMAGE_VOLUMES) >= 0;
    }
}
