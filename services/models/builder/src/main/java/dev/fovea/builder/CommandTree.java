package dev.fovea.builder;

import dev.fovea.architectures.Architecture;
import dev.fovea.architectures.registry.Architectures;
import dev.fovea.builder.adopt.AdoptModel;
import dev.fovea.builder.check.CheckService;
import dev.fovea.builder.evaluate.EvaluateClassification;
import dev.fovea.builder.evaluate.EvaluateRetrieval;
import dev.fovea.builder.evaluate.patches.EvaluatePatches;
import dev.fovea.builder.fit.FitCodebook;
import dev.fovea.builder.fit.FitHead;
import dev.fovea.builder.fit.FitPca;
import dev.fovea.builder.fit.FitWhitening;
import dev.fovea.builder.index.AddImages;
import dev.fovea.builder.index.AugmentCollection;
import dev.fovea.builder.index.BackUpCollection;
import dev.fovea.builder.index.DeleteImages;
import dev.fovea.builder.index.ExportCollection;
import dev.fovea.builder.index.GetImages;
import dev.fovea.builder.index.ImportCollection;
import dev.fovea.builder.index.SearchImages;
import dev.fovea.builder.index.ShowStats;
import dev.fovea.builder.release.FoveaVersion;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Every command by its place under `fovea`.
final class CommandTree {

    private CommandTree() {}

    static CommandLine create() {
        CommandLine fovea = new CommandLine(new Fovea())
                .addSubcommand("models", models())
                .addSubcommand("fit", fit())
                .addSubcommand("evaluate", evaluate())
                .addSubcommand("index", index())
                .addSubcommand("check", new CommandLine(new CheckService()))
                .addSubcommand("generate-completion", new CommandLine(new GenerateCompletion()))
                .setCaseInsensitiveEnumValuesAllowed(true);
        requireHelp(fovea);
        return fovea;
    }

    /// A command with a `--version` of its own cannot take picocli's standard options; it gets the other one here.
    private static void requireHelp(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        if (spec.options().stream().noneMatch(OptionSpec::usageHelp)) {
            spec.addOption(OptionSpec.builder("-h", "--help")
                    .usageHelp(true)
                    .description("Show this help message and exit.")
                    .build());
        }
        command.getSubcommands().values().forEach(CommandTree::requireHelp);
    }

    private static CommandLine fit() {
        return new CommandLine(new Fit())
                .addSubcommand(new CommandLine(new FitPca()))
                .addSubcommand(new CommandLine(new FitWhitening()))
                .addSubcommand(new CommandLine(new FitCodebook()))
                .addSubcommand(new CommandLine(new FitHead()));
    }

    private static CommandLine evaluate() {
        return new CommandLine(new Evaluate())
                .addSubcommand(new CommandLine(new EvaluatePatches()))
                .addSubcommand(new CommandLine(new EvaluateClassification()))
                .addSubcommand(new CommandLine(new EvaluateRetrieval()));
    }

    private static CommandLine index() {
        return new CommandLine(new Index())
                .addSubcommand(new CommandLine(new AddImages()))
                .addSubcommand(new CommandLine(new SearchImages()))
                .addSubcommand(new CommandLine(new GetImages()))
                .addSubcommand(new CommandLine(new DeleteImages()))
                .addSubcommand(new CommandLine(new ExportCollection()))
                .addSubcommand(new CommandLine(new ImportCollection()))
                .addSubcommand(new CommandLine(new ShowStats()))
                .addSubcommand(new CommandLine(new BackUpCollection()))
                .addSubcommand(new CommandLine(new AugmentCollection()));
    }

    private static CommandLine models() {
        var build = new CommandLine(new Build());
        for (Architecture architecture : Architectures.all()) {
            build.addSubcommand(architecture.name(), new CommandLine(BuildModel.commandFor(architecture)));
        }
        return new CommandLine(new Models())
                .addSubcommand("build", build)
                .addSubcommand("adopt", new CommandLine(new AdoptModel()))
                .addSubcommand("inspect", new CommandLine(new InspectModel()))
                .addSubcommand("copy", new CommandLine(new CopyModels()));
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
            description = "Builds models into a model repository, adopts foreign ones, inspects and copies them.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  fovea models build siftnet --repository models",
                "  fovea models adopt tfeat.onnx --repository models --task patch-description --mean byte",
                "  fovea models inspect models/siftnet/1/model.onnx"
            })
    private static final class Models extends Group {}

    @Command(
            name = "fit",
            mixinStandardHelpOptions = true,
            synopsisSubcommandLabel = "COMMAND",
            description = "Fits projections, codebooks and classifiers to images of your own.",
            footerHeading = "%nExamples:%n",
            footer = {"  fovea fit head sift-bilinear --images flowers --repository models", "  fovea fit pca --help"})
    private static final class Fit extends Group {}

    @Command(
            name = "evaluate",
            mixinStandardHelpOptions = true,
            synopsisSubcommandLabel = "COMMAND",
            description = "Measures models on images of your own.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  fovea evaluate patches sequences --repository models --model siftnet",
                "  fovea evaluate retrieval --help"
            })
    private static final class Evaluate extends Group {}

    @Command(
            name = "index",
            mixinStandardHelpOptions = true,
            synopsisSubcommandLabel = "COMMAND",
            description = "Fills and searches the collections of a running global retrieval service.",
            footerHeading = "%nExamples:%n",
            footer = {"  fovea index add photos", "  fovea index search rose.jpg --rerank --sheet answers.png"})
    private static final class Index extends Group {}

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
