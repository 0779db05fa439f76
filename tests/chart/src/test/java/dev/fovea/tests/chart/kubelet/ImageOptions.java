package dev.fovea.tests.chart.kubelet;

import dev.fovea.tests.support.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

/// What the image of a service starts Java with, from the file that is copied into it; but for options that lead to
/// the image's own files, which the JVM of this machine finds where it always does.
final class ImageOptions {

    private static final List<String> OF_ITS_FILES = List.of(
            "-Donnxruntime.native.path=",
            "-Djava.library.path=",
            "-Dorg.bytedeco.javacpp.pathsFirst=",
            "-Dorg.xerial.snappy.use.systemlib=");

    private ImageOptions() {}

    static List<String> ofJava() throws IOException {
        return Files.readAllLines(Checkout.root().resolve("docker/java.args")).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .filter(line -> OF_ITS_FILES.stream().noneMatch(line::startsWith))
                .toList();
    }

    static Map<String, String> environment() {
        return Map.of("LANG", "C.UTF-8", "ORT_DISABLE_TELEMETRY", "1");
    }
}
