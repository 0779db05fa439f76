package dev.fovea.tests.gpu;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.google.errorprone.annotations.FormatMethod;
import dev.fovea.inference.session.SessionException;
import dev.fovea.onnxruntime.OnnxRuntime;
import dev.fovea.repository.ModelRepository;
import dev.fovea.repository.ModelVersion;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/// The suite as a program; see [Arguments#USAGE].
public final class GpuProgram {

    private static final int WELL = 0;
    private static final int CHECK_FAILED = 1;
    private static final int WRONG_ARGUMENTS = 2;
    private static final int CANNOT_START = 3;

    private final PrintStream out;

    GpuProgram(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] args) throws Exception {
        System.exit(new GpuProgram(System.out).run(args));
    }

    /// @return the exit status
    int run(String... args) throws Exception {
        if (List.of(args).contains("--help")) {
            out.println(Arguments.USAGE);
            return WELL;
        }
        Arguments arguments;
        List<ModelVersion> models;
        try {
            arguments = Arguments.parse(args);
            models = models(arguments.models());
        } catch (IllegalArgumentException wrong) {
            out.println(wrong.getMessage());
            out.println(Arguments.USAGE);
            return WRONG_ARGUMENTS;
        }
        try {
            return run(arguments, models);
        } catch (SessionException refused) {
            out.println(refused.getMessage());
            return CANNOT_START;
        }
    }

    private int run(Arguments arguments, List<ModelVersion> models) throws Exception {
        print(
                "ONNX Runtime %s, provider %s, JDK %s, %d processors",
                OnnxRuntime.version(),
                arguments.provider(),
                Runtime.version(),
                Runtime.getRuntime().availableProcessors());
        boolean well = true;
        List<Map<String, Object>> findings = new ArrayList<>();
        for (ModelVersion model : models) {
            Map<String, Object> found = new LinkedHashMap<>();
            well &= tried(model, arguments, found);
            findings.add(found);
        }
        if (arguments.json().isPresent()) {
            write(arguments, findings, arguments.json().get());
        }
        print("%s", well ? "all well" : "a check failed");
        return well ? WELL : CHECK_FAILED;
    }

    private boolean tried(ModelVersion model, Arguments arguments, Map<String, Object> found) throws Exception {
        print("%nmodel %s", model);
        var trial = new Trial(model, arguments.provider(), arguments.cpuThreads());
        List<Trial.Difference> differences = trial.differences();
        for (Trial.Difference difference : differences) {
            print(
                    "  bucket %4d  largest difference %.2e of the largest value (limit %.0e) %s",
                    difference.bucket(), difference.worst(), Trial.TOLERANCE, difference.acceptable() ? "" : "TOO FAR");
        }
        Throughput throughput = Throughput.measure(trial, arguments.provider(), arguments.seconds());
        print(
                "  rows a second at batch %d: raw ONNX Runtime %,.0f; session %,.0f (%.3f); batcher %,.0f (%.3f)",
                throughput.batch(),
                throughput.raw(),
                throughput.session(),
                throughput.session() / throughput.raw(),
                throughput.batcher(),
                throughput.batcher() / throughput.raw());
        MemoryGrowth growth = MemoryGrowth.measure(trial, arguments.runs());
        print(
                "  memory over %,d runs: resident %s, GPU %s %s",
                growth.runs(),
                shown(growth.residentGrowth()),
                shown(growth.deviceGrowth()),
                growth.acceptable() ? "" : "GROWS");
        found.put("model", model.toString());
        found.put("differences", differences);
        found.put("throughput", throughput);
        found.put(
                "memoryGrowthBytes",
                Map.of(
                        "runs", growth.runs(),
                        "resident", shown(growth.residentGrowth()),
                        "gpu", shown(growth.deviceGrowth())));
        return growth.acceptable() && differences.stream().allMatch(Trial.Difference::acceptable);
    }

    /// @throws IllegalArgumentException if a path is neither
    static List<ModelVersion> models(List<Path> paths) {
        List<ModelVersion> models = new ArrayList<>();
        for (Path path : paths) {
            if (Files.isDirectory(path)) {
                var repository = new ModelRepository(path);
                repository.names().forEach(name -> models.add(repository.newest(name)));
            } else {
                models.add(version(path.toAbsolutePath()));
            }
        }
        return models;
    }

    private static ModelVersion version(Path file) {
        int parts = file.getNameCount();
        if (!Files.isRegularFile(file)
                || parts < 3
                || !file.getName(parts - 2).toString().matches("[1-9]\\d*")) {
            throw new IllegalArgumentException(
                    file + " is no model of a repository: <name>/<version>/model.onnx is expected");
        }
        return new ModelVersion(
                file.getName(parts - 3).toString(),
                Integer.parseInt(file.getName(parts - 2).toString()),
                file);
    }

    private static void write(Arguments arguments, List<Map<String, Object>> findings, Path file)
            throws IOException, SessionException {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("onnxruntime", OnnxRuntime.version());
        all.put("provider", arguments.provider().toString());
        all.put("jdk", Runtime.version().toString());
        all.put("models", findings);
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), all);
    }

    private static String shown(OptionalLong bytes) {
        return bytes.isPresent() ? "%+d KiB".formatted(bytes.getAsLong() >> 10) : "unknown";
    }

    @FormatMethod
    private void print(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
    }
}
