package dev.fovea.tests.chart.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.builder.FoveaProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The image of the model repository as a folder: the chart's default models, as small as they can be.
final class Models {

    private static Path made = Path.of("");

    private Models() {}

    /// Root of the image, with `models/` in it; made once.
    static synchronized Path image() throws IOException {
        if (made.toString().isEmpty()) {
            Path root = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "model-image-")
                    .toAbsolutePath();
            build(root, "siftnet");
            build(
                    root,
                    "bcnn",
                    "--name=classifier",
                    "--trunk=sift",
                    "--image-size=56",
                    "--buckets=1,8",
                    "--classes=12",
                    "--seeded=test");
            build(root, "sift-dense", "--name=embedder", "--image-size=64");
            made = root;
        }
        return made;
    }

    private static void build(Path root, String architecture, String... options) {
        List<String> arguments = new ArrayList<>(List.of("models", "build", architecture));
        arguments.addAll(List.of("--repository", root.resolve("models").toString()));
        arguments.addAll(List.of(options));
        int status = new FoveaProgram().run(arguments.toArray(String[]::new));
        assertThat(status).as("exit status of fovea %s", arguments).isZero();
    }
}
