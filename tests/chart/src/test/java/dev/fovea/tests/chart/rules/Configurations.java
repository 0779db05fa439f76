package dev.fovea.tests.chart.rules;

import dev.fovea.tests.chart.render.Rendering;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What is written into the services' configuration files.
final class Configurations {

    /// A SmallRye expression; after a `\` it is text for somebody else.
    private static final Pattern EXPRESSION = Pattern.compile("(?<!\\\\)\\$\\{([^}:]+)(:[^}]*)?}");

    private static final Pattern FILE = Pattern.compile("(/etc/fovea/[^,:}\\s]+)");

    private Configurations() {}

    /// Every `fovea.` key is one that the service has, with a value that it may hold.
    static List<String> keys(Rendering rendering) {
        var findings = new Findings();
        Pod.services(rendering).map(pod -> Configuration.of(rendering, pod)).forEach(file -> file.given()
                .forEach((key, value) -> {
                    if (key.startsWith("fovea.")) {
                        findings.check(file.known().find(key).isPresent(), file.pod(), "is given " + key + ", no key");
                        findings.check(
                                file.known().find(key).stream().allMatch(known -> known.allows(value)),
                                file.pod(),
                                "is given " + key + " = " + value);
                    }
                }));
        return findings.all();
    }

    /// What an expression names is a variable of the pod's environment.
    static List<String> expressions(Rendering rendering) {
        var findings = new Findings();
        Pod.services(rendering).map(pod -> Configuration.of(rendering, pod)).forEach(file -> file.given()
                .forEach((key, value) -> {
                    for (Matcher named = EXPRESSION.matcher(value); named.find(); ) {
                        findings.check(
                                named.group(1).equals("HOSTNAME")
                                        || file.pod()
                                                .environment(named.group(1))
                                                .isPresent(),
                                file.pod(),
                                "is given " + key + " = " + value + ", and has no variable " + named.group(1));
                    }
                }));
        return findings.all();
    }

    /// Files that are named lie in a volume that is mounted.
    static List<String> files(Rendering rendering) {
        var findings = new Findings();
        Pod.services(rendering).map(pod -> Configuration.of(rendering, pod)).forEach(file -> file.given()
                .forEach((key, value) -> {
                    boolean searched = key.endsWith("allowed.paths");
                    for (Matcher named = FILE.matcher(value); named.find() && !searched; ) {
                        findings.check(
                                isMounted(file.pod(), named.group(1)),
                                file.pod(),
                                "is given " + key + " = " + value + ", and mounts nothing there");
                    }
                }));
        return findings.all();
    }

    private static boolean isMounted(Pod pod, String path) {
        return pod.container()
                .path("volumeMounts")
                .valueStream()
                .map(mount -> mount.path("mountPath").asText())
                .anyMatch(mounted -> path.equals(mounted) || path.startsWith(mounted + "/"));
    }
}
