package dev.fovea.tests.chart.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.tests.chart.images.Dockerfile.Stage;
import dev.fovea.tests.support.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DockerfileRulesTest {

    private static final String SERVICE = "docker/service.Dockerfile";
    private static final String MODELS = "docker/model-repository.Dockerfile";
    private static final List<String> SERVICES =
            List.of("patch-description", "fine-grained-classification", "global-retrieval");

    private final Path root = Checkout.root();

    @ParameterizedTest
    @ValueSource(strings = {SERVICE, MODELS})
    void everyBaseHasATagThatNamesAVersion(String file) {
        Dockerfile dockerfile = read(file);

        assertThat(dockerfile.stages())
                .extracting(Stage::base)
                .filteredOn(base -> !dockerfile.isStage(base) && !base.equals("scratch"))
                .isNotEmpty()
                .allMatch(base -> base.matches("[a-z0-9./-]+:[a-z0-9.-]*([0-9]|bookworm)[a-z0-9.-]*"), "a version")
                .noneMatch(base -> base.endsWith(":latest"));
    }

    @ParameterizedTest
    @ValueSource(strings = {SERVICE, MODELS})
    void nothingNeedsANewerBuilderOrAnAddressAtBuildTime(String file) throws IOException {
        assertThat(Files.readString(root.resolve(file)))
                .doesNotContain("# syntax", "--mount=", "--chmod", "--link")
                .doesNotContainPattern("(?m)^ADD ");
    }

    @Test
    void everyImageRunsAsTheUserOfTheChart() throws IOException {
        String pod = templates();
        String user = group("runAsUser: (\\d+)", pod) + ":" + group("runAsGroup: (\\d+)", pod);

        assertThat(List.of(
                        read(SERVICE).stage("cpu"),
                        read(SERVICE).stage("cuda"),
                        read(MODELS).stage("builder"),
                        read(MODELS).stage("models")))
                .allSatisfy(stage -> assertThat(stage.only("USER")).isEqualTo(user));
    }

    @Test
    void aServiceExposesThePortsOfTheChart() throws IOException {
        Matcher ports = Pattern.compile("containerPort: (\\d+)").matcher(templates());
        List<String> named = ports.results().map(port -> port.group(1)).toList();

        assertThat(read(SERVICE).stage("cpu").only("EXPOSE").split(" ")).containsExactlyElementsOf(named);
    }

    @Test
    void javaIsProcessOneAndNoShellIsNeeded() {
        assertThat(List.of(
                        read(SERVICE).stage("cpu"),
                        read(SERVICE).stage("cuda"),
                        read(MODELS).stage("builder")))
                .allSatisfy(stage -> {
                    assertThat(stage.only("ENTRYPOINT")).matches("\\[\"/opt/java/bin/java\", .*\"]");
                    assertThat(stage.all("CMD")).isEmpty();
                    assertThat(stage.all("HEALTHCHECK"))
                            .allMatch(check -> check.contains("CMD [\"/opt/java/bin/java\""));
                });
    }

    @Test
    void bothVariantsOfAServiceDifferInBaseAndNativesOnly() {
        Stage cpu = read(SERVICE).stage("cpu");
        Stage cuda = read(SERVICE).stage("cuda");

        for (String word : List.of("ENTRYPOINT", "EXPOSE", "HEALTHCHECK", "STOPSIGNAL", "USER", "WORKDIR")) {
            assertThat(cuda.only(word)).as(word).isEqualTo(cpu.only(word));
        }
        assertThat(cuda.all("COPY")).containsAll(applicationLayers(cpu));
        assertThat(cpu.all("COPY"))
                .endsWith(
                        "--from=parts /parts/application /opt/fovea",
                        cpu.all("COPY").getLast());
    }

    @Test
    void whatIsCopiedExistsAfterPackageAndIsNotIgnored() throws IOException {
        List<String> ignored = Files.readAllLines(root.resolve(".dockerignore"));
        for (String source : sources()) {
            assertThat(ignored).as(source).contains("!" + source);
            // A build without network writes no bill of materials.
            if (!source.endsWith("bom.json")) {
                assertThat(root.resolve(source)).exists();
            }
        }
        assertThat(ignored.stream().filter(line -> line.startsWith("!"))).hasSameSizeAs(sources());
    }

    @Test
    void versionsAreThoseOfTheBuild() throws IOException {
        String pom = Files.readString(root.resolve("pom.xml"));

        assertThat(read(SERVICE).argument("ONNXRUNTIME_VERSION")).isEqualTo(group("<onnxruntime.version>(.*?)</", pom));
        String version = group("<artifactId>fovea-parent</artifactId>\\s*<version>(.*?)</", pom);
        assertThat(List.of(read(SERVICE).argument("VERSION"), read(MODELS).argument("VERSION")))
                .allMatch(version::equals);
        assertThat(Files.readString(root.resolve("docker/compose.yaml")))
                .contains("apache/kafka:" + group("<kafka.version>(.*?)</", pom));
        assertThat(Files.readString(root.resolve("docker/lab.sh")))
                .contains("kafka=" + group("<kafka.version>(.*?)</", pom));
    }

    @Test
    void bothFilesMakeTheSameJava() {
        assertThat(read(MODELS).stage("java")).isEqualTo(read(SERVICE).stage("java"));
    }

    @Test
    void everyImageSaysWhatItIs() {
        for (String label : List.of("title", "description", "version", "revision", "created", "source", "licenses")) {
            assertThat(List.of(
                            read(SERVICE).stage("cpu"),
                            read(SERVICE).stage("cuda"),
                            read(MODELS).stage("builder")))
                    .allSatisfy(stage ->
                            assertThat(stage.only("LABEL")).contains("org.opencontainers.image." + label + "="));
        }
    }

    private List<String> applicationLayers(Stage stage) {
        return stage.all("COPY").stream()
                .filter(copy -> copy.contains("parts") && !copy.contains("onnxruntime"))
                .toList();
    }

    private List<String> sources() {
        List<String> sources = new ArrayList<>();
        for (String file : List.of(SERVICE, MODELS)) {
            for (Stage stage : read(file).stages()) {
                for (String copy : stage.all("COPY")) {
                    if (!copy.startsWith("--from")) {
                        List<String> words = List.of(copy.split(" "));
                        words.subList(0, words.size() - 1).forEach(source -> sources.addAll(ofAllServices(source)));
                    }
                }
            }
        }
        return sources.stream().distinct().toList();
    }

    private static List<String> ofAllServices(String source) {
        String path = source.replace("*", "");
        return path.contains("${SERVICE}")
                ? SERVICES.stream()
                        .map(service -> path.replace("${SERVICE}", service))
                        .toList()
                : List.of(path);
    }

    private String templates() throws IOException {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> files = Files.list(root.resolve("charts/fovea/templates"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".tpl")).toList()) {
                text.append(Files.readString(file));
            }
        }
        return text.toString();
    }

    private Dockerfile read(String file) {
        return Dockerfile.read(root.resolve(file));
    }

    private static String group(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find())
                .as("%s in %s", pattern, Map.of("text", text.length()))
                .isTrue();
        return matcher.group(1);
    }
}
