package dev.fovea.builder;

import dev.fovea.architectures.Architecture;
import dev.fovea.architectures.BuiltModel;
import dev.fovea.architectures.ImageArchitecture;
import dev.fovea.architectures.ModelRequest;
import dev.fovea.architectures.Option;
import dev.fovea.architectures.ServingForm;
import dev.fovea.architectures.weights.NoWeights;
import dev.fovea.architectures.weights.WeightSource;
import dev.fovea.architectures.weights.WeightsException;
import dev.fovea.builder.release.FoveaVersion;
import dev.fovea.builder.release.LabelFile;
import dev.fovea.builder.release.ReleaseOptions;
import dev.fovea.builder.release.SampleRecorder;
import dev.fovea.repository.Provenance;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/// `fovea models build ARCHITECTURE`: one command per architecture, its options beside those every model has.
@Command(sortOptions = false, usageHelpAutoWidth = true)
final class BuildModel implements Callable<Integer> {

    private final Architecture architecture;
    private final CommandSpec spec;

    @Mixin
    private ReleaseOptions release = new ReleaseOptions();

    @Mixin
    private WeightOptions weights = new WeightOptions();

    @Mixin
    private FormOptions form = new FormOptions();

    @picocli.CommandLine.Option(
            names = "--labels",
            paramLabel = "FILE",
            description = "Class names, one per line, in the order of the scores; their number becomes --classes.")
    private Optional<Path> labels = Optional.empty();

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
                .footer(examples(architecture));
        architecture.options().forEach(option -> spec.addOption(optionOf(option)));
        return spec;
    }

    private static String[] examples(Architecture architecture) {
        String command = "  fovea models build " + architecture.name() + " --repository models";
        return architecture.takesWeights()
                ? new String[] {
                    command + " --weights checkpoint.pth --licence MIT",
                    command + " --weights checkpoint.pth --version 2 --buckets 1,8",
                    command + " --seeded benchmark --precision float16"
                }
                : new String[] {command, command + " --version 2 --buckets 1,8"};
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
        String name = release.nameOr(architecture.name());
        release.requireFree(name);
        List<String> classes = labels.isPresent() ? LabelFile.read(labels.get()) : List.of();
        ServingForm wanted = form.form(release.buckets());
        Optional<WeightSource> source = weights.open(spec.commandLine().getErr()::println);
        var request = new ModelRequest(
                name,
                release.version(),
                given(classes.size()),
                wanted,
                source.orElseGet(NoWeights::new),
                classes,
                FoveaVersion.BUILDER);
        BuiltModel model = SampleRecorder.record(build(request, source.isPresent()), wanted.precision());
        release.write(spec.commandLine().getOut(), "built", model.manifest(), model.toBytes());
        return 0;
    }

    private BuiltModel build(ModelRequest request, boolean weightsGiven) {
        try {
            BuiltModel model = architecture.build(request);
            if (weightsGiven && model.manifest().provenance().kind() == Provenance.Kind.COMPUTED) {
                throw new IllegalArgumentException(
                        architecture.name() + " computes every constant, so it takes neither --weights nor --seeded");
            }
            return model;
        } catch (WeightsException incomplete) {
            if (weightsGiven) {
                throw incomplete;
            }
            throw new ParameterException(
                    spec.commandLine(),
                    architecture.name() + " needs trained weights: --weights FILE (PyTorch, safetensors or ONNX;"
                            + " services/models/architectures/ARCHITECTURES.md says where they can be had), or for a test"
                            + " --seeded PREFIX",
                    incomplete);
        }
    }

    /// @param labels how many there are, 0 for none
    private Map<String, String> given(int labels) {
        Map<String, String> values = new TreeMap<>();
        for (Option option : architecture.options()) {
            String value = spec.findOption(flag(option)).getValue();
            if (value != null) {
                values.put(option.name(), value);
            } else if (labels > 0 && option.name().equals(ImageArchitecture.CLASSES)) {
                values.put(option.name(), String.valueOf(labels));
            }
        }
        return values;
    }

    private static String flag(Option option) {
        return "--" + option.name().replace('_', '-');
    }
}
