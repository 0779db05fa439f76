package dev.fovea.tests.load;

import dev.fovea.architectures.ImageArchitecture;
import dev.fovea.architectures.Precision;
import dev.fovea.architectures.registry.Architectures;
import dev.fovea.inference.session.BatchBuffers;
import dev.fovea.inference.session.ModelSession;
import dev.fovea.onnxruntime.ExecutionProvider.Cpu;
import dev.fovea.onnxruntime.OnnxRuntimeLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What a network's heads cost beside its trunk: images a second of the whole network over those of the bare trunk, run
/// as many times for each image.
@Command(
        name = "HeadOverhead",
        mixinStandardHelpOptions = true,
        description = "Images a second of whole networks over their bare trunks, run as many times for each image.")
final class HeadOverhead implements Callable<Integer> {

    /// @param stage the trunk's last stage that the network uses
    /// @param passes of the trunk for one image
    private record Network(
            String name,
            String architecture,
            Map<String, String> options,
            String trunk,
            int stage,
            int passes,
            int size) {}

    private static final List<Network> NETWORKS = List.of(
            new Network("s3n", "s3n", Map.of("trunk", "resnet50"), "resnet50", 5, 3, 448),
            new Network("dolg", "dolg", Map.of("trunk", "resnet101"), "resnet101", 4, 1, 512),
            new Network("bcnn", "bcnn-vgg16", Map.of(), "vgg16", 5, 1, 448));

    @Option(
            names = "--networks",
            split = ",",
            defaultValue = "s3n,dolg,bcnn",
            description = "default: ${DEFAULT-VALUE}")
    private List<String> networks = List.of();

    @Option(names = "--batch", defaultValue = "1", description = "images at once, default: ${DEFAULT-VALUE}")
    private int batch;

    @Option(names = "--threads", defaultValue = "2", description = "default: ${DEFAULT-VALUE}")
    private int threads;

    @Option(names = "--precision", defaultValue = "FLOAT32", description = "default: ${DEFAULT-VALUE}")
    private Precision precision = Precision.FLOAT32;

    @Option(names = "--seconds", defaultValue = "3", description = "of one repetition, default: ${DEFAULT-VALUE}")
    private double seconds;

    @Option(names = "--repetitions", defaultValue = "5", description = "interleaved, default: ${DEFAULT-VALUE}")
    private int repetitions;

    @Option(names = "--size", description = "side of the images, pixels; default: 448, for DOLG 512")
    private int size;

    @Mixin
    private ReportOptions output = new ReportOptions();

    public static void main(String[] args) {
        System.exit(new CommandLine(new HeadOverhead())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args));
    }

    @Override
    public Integer call() throws Exception {
        var report = new Report(
                        "Heads over trunks",
                        "ONNX Runtime alone, bytes in, batch normalisation folded; the trunk's time is multiplied by the"
                                + " passes that the network makes over it.")
                .setting("batch", batch)
                .setting("threads", threads)
                .setting("precision", precision)
                .setting("repetitions", repetitions)
                .setting("seconds", seconds);
        for (Network network : NETWORKS) {
            if (networks.contains(network.name())) {
                report.row(compare(network));
            }
        }
        report.publish(System.out, output.json(), Machine.here());
        return 0;
    }

    private Map<String, Object> compare(Network network) throws Exception {
        int side = size > 0 ? size : network.size();
        Map<String, String> options = new LinkedHashMap<>(network.options());
        options.put(ImageArchitecture.IMAGE_SIZE, String.valueOf(side));
        try (var folder = WorkFolder.create("head-overhead")) {
            SeededModel whole = write(folder.path(), network.architecture(), options);
            SeededModel bare = write(folder.path(), "pooled", bareTrunk(network, side));
            List<Double> wholeRates = new ArrayList<>();
            List<Double> bareRates = new ArrayList<>();
            try (ModelSession wholeSession = load(whole);
                    ModelSession bareSession = load(bare)) {
                BatchBuffers wholeBuffers = RandomImages.fill(wholeSession.newBuffers());
                BatchBuffers bareBuffers = RandomImages.fill(bareSession.newBuffers());
                for (int repetition = -1; repetition < repetitions; repetition++) {
                    double bareRate = Rate.of(() -> bareSession.run(bareBuffers, batch), seconds);
                    double wholeRate = Rate.of(() -> wholeSession.run(wholeBuffers, batch), seconds);
                    if (repetition >= 0) { // the first warms up
                        bareRates.add(bareRate);
                        wholeRates.add(wholeRate);
                    }
                }
            }
            return row(network, side, whole, bare, median(wholeRates), median(bareRates));
        }
    }

    /// The mean over the last map's positions, which costs nothing beside the trunk.
    private static Map<String, String> bareTrunk(Network network, int side) {
        return Map.of(
                ImageArchitecture.IMAGE_SIZE,
                String.valueOf(side),
                "trunk",
                network.trunk(),
                "stage",
                String.valueOf(network.stage()),
                "pooling",
                "gap",
                "normalise",
                "false");
    }

    private Map<String, Object> row(
            Network network, int side, SeededModel whole, SeededModel bare, double wholeRate, double bareRate) {
        double trunkOnly = bareRate / network.passes();
        long trunkWork = bare.cost().multiplyAdds() * network.passes();
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("network", network.architecture() + " " + network.options());
        row.put("size", side);
        row.put("images/s", wholeRate);
        row.put("trunk passes", network.passes());
        row.put("trunk images/s", trunkOnly);
        row.put("time over trunk", trunkOnly / wholeRate);
        row.put("work over trunk", (double) whole.cost().multiplyAdds() / trunkWork);
        row.put("whole GMAC", whole.cost().multiplyAdds() / 1e9);
        return row;
    }

    private SeededModel write(Path repository, String architecture, Map<String, String> options) throws Exception {
        return SeededModel.write(repository, Architectures.named(architecture), options, precision, List.of(batch));
    }

    private ModelSession load(SeededModel model) throws Exception {
        return new OnnxRuntimeLoader(List.of(Cpu.withThreads(threads))).load(model.version());
    }

    private static double median(List<Double> rates) {
        return Samples.median(rates.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
