package dev.fovea.tests.load;

import dev.fovea.inference.session.SessionException;
import dev.fovea.onnxruntime.OnnxRuntime;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.opencv.core.Core;

/// Where a number was measured.
///
/// @param processors that the JVM may use
/// @param loadAverage of the last minute at the start; above 0.3 the machine was not quiet. -1 if unknown
public record Machine(
        String cpu,
        int processors,
        String operatingSystem,
        String jdk,
        String onnxRuntime,
        String openCv,
        double loadAverage) {

    /// This machine, now.
    public static Machine here() throws SessionException {
        return new Machine(
                cpuModel(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                System.getProperty("java.vendor.version", System.getProperty("java.version")),
                OnnxRuntime.version(),
                Core.VERSION,
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private static String cpuModel() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException notLinux) {
            return "unknown";
        }
    }
}
