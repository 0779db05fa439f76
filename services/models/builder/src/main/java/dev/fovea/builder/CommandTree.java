package dev.fovea.builder;

import dev.fovea.architectures.Architecture;
import dev.fovea.architectures.registry.Architectures;
import dev.fovea.builder.adopt.AdoptModel;
import dev.fovea.builder.release.FoveaVersion;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Every command by its place under `fovea`.
final class CommandTree {

    private CommandTree() {}

    static CommandLine create() {
        return new CommandLine(new Fovea())
                .addSubcommand("models", models())
                .addSubcommand("generate-completion", new CommandLine(new GenerateCompletion()))
                .setCaseInsensitiveEnumValuesAllowed(true);
    }

    private static CommandLine models() {
        var build = new CommandLine(new Build());
        for (Architecture architecture : Architectures.all()) {
            build.addSubcommand(architecture.name(), new CommandLine(BuildModel.commandFor(architecture)));
        }
        return new CommandLine(new Models())
                .addSubcommand("build", build)
                .addSubcommand("adopt", new CommandLine(new AdoptModel()))
                .addSubcommand("inspect", new CommandLine(new InspectModel()));
    }

    /// A word that only has commands below it.
    private abstract static class Group implements Runnable {

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public void run() {
            throw new ParameterException(
                    spec.commandLine(),
                    missing() + "; there is "
                            + String.join(", ", spec.subcommands().keySet()));
        }

        String missing() {
            return "a command is missing";
        }
    }

    @Command(
            name = "fovea",
            mixinStandardHelpOptions = true,
            version = "fovea " + FoveaVersion.NUMBER,
            synopsisSubcommandLabel = "COMMAND",
            description = "Streaming vision inference: the tools around the services.",
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {
                "0:done",
                "1:could not be done; one line on the error stream says why",
                "2:asked for wrongly; one line on the error stream says what is wrong",
                "130:interrupted"
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  fovea models build siftnet --repository models",
                "  fovea models inspect models/siftnet/1/model.onnx",
                "  source <(fovea generate-completion)"
            })
    private static final class Fovea extends Group {}

    @Command(
            name = "models",
            mixinStandardHelpOptions = true,
            synopsisSubcommandLabel = "COMMAND",
            description = "Builds models into a model repository, adopts foreign ones and inspects model files.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  fovea models build siftnet --repository models",
                "  fovea models adopt birds.onnx --repository models --task classification --labels birds.txt --mean half",
                "  fovea models inspect models/siftnet/1/model.onnx"
            })
    private static final class Models extends Group {}

    @Command(
            name = "build",
            mixinStandardHelpOptions = true,
            synopsisSubcommandLabel = "ARCHITECTURE",
            commandListHeading = "%nArchitectures:%n",
            description = "Builds a model of an architecture into a model repository.",
            footerHeading = "%nExamples:%n",
            footer = {"  fovea models build siftnet --repository models", "  fovea models build siftnet --help"})
    private static final class Build extends Group {

        @Override
        String missing() {
            return "an architecture is missing";
        }
    }
}
