package dev.fovea.builder;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fovea.builder.release.ModelFile;
import dev.fovea.onnx.OnnxFile;
import dev.fovea.onnx.OnnxInitializers;
import dev.fovea.repository.ManifestJson;
import dev.fovea.repository.ModelManifest;
import dev.fovea.repository.StoredSample;
import dev.fovea.repository.TensorSpec;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `fovea models inspect FILE`: what a model file is, without running it.
@Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = "Says what a model file is: inputs, outputs, buckets, provenance, digest.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  fovea models inspect models/siftnet/1/model.onnx",
            "  fovea models inspect --json models/siftnet/1/model.onnx"
        })
final class InspectModel implements Callable<Integer> {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "An ONNX file.")
    private Path file = Path.of("");

    @Option(names = "--json", description = "Print JSON instead of text.")
    private boolean json;

    @Option(names = "--operators", description = "Also list how often each operator stands in the graph.")
    private boolean operators;

    @Override
    public Integer call() throws IOException {
        byte[] bytes = ModelFile.read(file);
        PrintWriter out = spec.commandLine().getOut();
        try {
            OnnxFile onnx = OnnxFile.read(bytes);
            Optional<ModelManifest> manifest = Optional.ofNullable(
                            onnx.metadata().get(ModelManifest.METADATA_KEY))
                    .map(ManifestJson::read);
            Map<String, Integer> counts = operators ? OnnxFile.operatorCounts(bytes) : Map.of();
            if (json) {
                out.println(asJson(onnx, manifest, bytes, counts).toPrettyString());
            } else {
                describe(onnx, manifest, bytes, out);
                counts.forEach((name, count) -> line(out, "operator", name + " " + count));
            }
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
        return 0;
    }

    private static void describe(OnnxFile onnx, Optional<ModelManifest> manifest, byte[] bytes, PrintWriter out) {
        manifest.ifPresentOrElse(known -> describe(known, out), () -> describeForeign(onnx, out));
        String producer = onnx.producer().isEmpty() ? "a program unnamed" : onnx.producer();
        line(
                out,
                "format",
                "ONNX opset " + onnx.opset() + ", " + onnx.operators() + " operators, " + bytes.length
                        + " bytes, written by " + producer);
        line(out, "parameters", String.format(Locale.ROOT, "%,d", parameters(bytes)));
        line(out, "sha256", ModelFile.sha256(bytes));
    }

    /// Numbers in float constants with at least one dimension.
    private static long parameters(byte[] bytes) {
        OnnxInitializers constants = OnnxInitializers.read(bytes);
        return constants.names().stream()
                .filter(constants::isWeight)
                .mapToLong(name -> constants.shape(name).fixedElements())
                .sum();
    }

    private static void describe(ModelManifest manifest, PrintWriter out) {
        line(out, "model", manifest.name() + "@" + manifest.version());
        line(out, "task", manifest.task());
        line(out, "architecture", manifest.architecture() + " " + new TreeMap<>(manifest.parameters()));
        tensors(out, "input", manifest.inputs());
        tensors(out, "output", manifest.answers());
        tensors(out, "explanation", manifest.explanations());
        line(out, "preprocess", PreprocessingText.of(manifest.preprocessing()));
        line(out, "rows", "l2".equals(manifest.outputNormalization()) ? "unit norm" : "not normalised");
        line(out, "buckets", manifest.batchBuckets().toString());
        var provenance = manifest.provenance();
        line(
                out,
                "provenance",
                provenance.kind() + ": " + provenance.source()
                        + provenance.sha256().map(sha -> ", sha256 " + sha).orElse("") + ", licence "
                        + provenance.licence()
                        + ", built by " + provenance.builder());
        line(out, "sample", manifest.sample().map(InspectModel::describe).orElse("none"));
        line(out, "paper", manifest.paper().isEmpty() ? "not stated" : manifest.paper());
    }

    private static String describe(StoredSample sample) {
        return "recorded answer of " + sample.expectedValues().length + " numbers, seed " + sample.seed()
                + ", tolerance " + sample.relativeTolerance();
    }

    private static void describeForeign(OnnxFile onnx, PrintWriter out) {
        line(out, "model", "no manifest: Fovea's services refuse this file");
        onnx.inputs().forEach(input -> line(out, "input", input.name() + " " + input.type() + " " + input.shape()));
        onnx.outputs()
                .forEach(output -> line(out, "output", output.name() + " " + output.type() + " " + output.shape()));
    }

    private static void tensors(PrintWriter out, String role, List<TensorSpec> specs) {
        for (TensorSpec spec : specs) {
            line(
                    out,
                    role,
                    spec.name() + " " + spec.elementType() + " N x " + spec.itemShape() + ": " + spec.meaning());
        }
    }

    private static void line(PrintWriter out, String label, String text) {
        out.printf("%-13s %s%n", label, text);
    }

    private static ObjectNode asJson(
            OnnxFile onnx, Optional<ModelManifest> manifest, byte[] bytes, Map<String, Integer> counts)
            throws IOException {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("sha256", ModelFile.sha256(bytes));
        root.put("sizeBytes", bytes.length);
        root.put("producer", onnx.producer());
        root.put("opset", onnx.opset());
        root.put("operators", onnx.operators());
        root.put("parameters", parameters(bytes));
        root.put("externalData", onnx.externalData());
        if (!counts.isEmpty()) {
            ObjectNode operators = root.putObject("operatorCounts");
            counts.forEach(operators::put);
        }
        tensorSpecs(root.putArray("inputs"), onnx.inputs());
        tensorSpecs(root.putArray("outputs"), onnx.outputs());
        if (manifest.isPresent()) {
            root.set("manifest", MAPPER.readTree(ManifestJson.write(manifest.get())));
        }
        return root;
    }

    private static void tensorSpecs(ArrayNode array, List<OnnxFile.TensorSpec> specs) {
        for (OnnxFile.TensorSpec spec : specs) {
            array.addObject().put("name", spec.name()).put("type", spec.type()).put("shape", spec.shape());
        }
    }
}
