package dev.fovea.builder;

import dev.fovea.architectures.Architecture;
import dev.fovea.architectures.BuiltModel;
import dev.fovea.architectures.ModelRequest;
import dev.fovea.architectures.Option;
import dev.fovea.architectures.ServingForm;
import dev.fovea.architectures.weights.NoWeights;
import dev.fovea.builder.release.ModelFile;
import dev.fovea.repository.ElementType;
import dev.fovea.repository.ModelRepository;
import dev.fovea.repository.ModelVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// `fovea models build ARCHITECTURE`: one command per architecture, its options beside those every model has.
@Command(sortOptions = false, usageHelpAutoWidth = true)
final class BuildModel implements Callable<Integer> {

    /// Part of every model's provenance, hence of its digest: it changes when a release changes what is built.
    static final String VERSION = "0.1.0";

    private final Architecture architecture;
    private final CommandSpec spec;

    @picocli.CommandLine.Option(
            names = "--repository",
            required = true,
            paramLabel = "DIR",
            description = "Model repository; made if it does not exist.")
    private Path repository = Path.of("");

    @picocli.CommandLine.Option(
            names = "--name",
            paramLabel = "NAME",
            description = "Name of the model: lower case letters, digits, inner hyphens. Default: the architecture's.")
    private Optional<String> name = Optional.empty();

    @picocli.CommandLine.Option(
            names = "--version",
            paramLabel = "N",
            defaultValue = "1",
            description = "Version of the model, from 1. Default: ${DEFAULT-VALUE}.")
    private int version = 1;

    @picocli.CommandLine.Option(
            names = "--input",
            paramLabel = "TYPE",
            defaultValue = "uint8",
            description = "Element type of the input: uint8 (pixels 0 to 255) or float32 (0 to 1). "
                    + "Default: ${DEFAULT-VALUE}.")
    private ElementType input = ElementType.UINT8;

    @picocli.CommandLine.Option(
            names = "--buckets",
            paramLabel = "N",
            split = ",",
            description = "Batch sizes the model is run at, ascending, for example 1,8,32. "
                    + "Default: what was measured best for the architecture.")
    private List<Integer> buckets = List.of();

    @picocli.CommandLine.Option(names = "--force", description = "Replace the version if it exists.")
    private boolean force;

    private BuildModel(Architecture architecture) {
        this.architecture = architecture;
        this.spec = CommandSpec.forAnnotatedObject(this);
    }

    /// The command of one architecture.
    static CommandSpec commandFor(Architecture architecture) {
        CommandSpec spec = new BuildModel(architecture).spec;
        spec.name(architecture.name());
        spec.usageMessage()
                .description("Builds a model: " + architecture.summary() + ".")
                .footerHeading("%nExamples:%n")
                .footer(
                        "  fovea models build " + architecture.name() + " --repository models",
                        "  fovea models build " + architecture.name()
                                + " --repository models --version 2 --buckets 1,8");
        spec.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help and exit.")
                .build());
        architecture.options().forEach(option -> spec.addOption(optionOf(option)));
        return spec;
    }

    private static OptionSpec optionOf(Option option) {
        var spec = OptionSpec.builder(flag(option))
                .type(String.class)
                .paramLabel("VALUE")
                .description(option.meaning() + ": " + option.allowed() + ". Default: " + option.defaultValue() + ".");
        if (option.isFlag()) {
            spec.arity("0..1").fallbackValue("true");
        }
        return spec.build();
    }

    @Override
    public Integer call() throws IOException {
        var request = new ModelRequest(
                name.orElse(architecture.name()),
                version,
                given(),
                ServingForm.DEFAULT.withInput(input).withBuckets(buckets),
                new NoWeights(),
                List.of(),
                "fovea " + VERSION);
        BuiltModel model = architecture.build(request);
        byte[] bytes = model.toBytes();
        ModelVersion place = new ModelRepository(repository).place(request.name(), version);
        ModelFile.write(place, bytes, force);
        spec.commandLine()
                .getOut()
                .println("built " + place + ": " + place.file() + " (" + bytes.length + " bytes, sha256 "
                        + ModelFile.sha256(bytes) + ")");
        return 0;
    }

    private Map<String, String> given() {
        Map<String, String> values = new TreeMap<>();
        for (Option option : architecture.options()) {
            String value = spec.findOption(flag(option)).getValue();
            if (value != null) {
                values.put(option.name(), value);
            }
        }
        return values;
    }

    private static String flag(Option option) {
        return "--" + option.name().replace('_', '-');
    }
}
