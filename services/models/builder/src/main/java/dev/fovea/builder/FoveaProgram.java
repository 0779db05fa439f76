package dev.fovea.builder;

import dev.fovea.architectures.Architecture;
import dev.fovea.architectures.registry.Architectures;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;

/// The program `fovea`, from a shell or inside another program.
///
/// Exit codes: 0 done, 1 it could not be done, 2 it was asked for wrongly. Errors are one line on the error
/// stream.
public final class FoveaProgram {

    static final int FAILED = 1;
    static final int WRONG_USAGE = 2;

    private static final String LOG_LEVEL = "org.slf4j.simpleLogger.defaultLogLevel";

    private final PrintWriter out;
    private final PrintWriter err;

    /// Writes to the process' own streams.
    public FoveaProgram() {
        this(
                new PrintWriter(System.out, true, System.out.charset()),
                new PrintWriter(System.err, true, System.err.charset()));
    }

    /// Neither writer is closed.
    public FoveaProgram(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    public static void main(String[] arguments) {
        if (System.getProperty(LOG_LEVEL) == null) {
            System.setProperty(LOG_LEVEL, "warn");
        }
        System.exit(new FoveaProgram().run(arguments));
    }

    /// Runs one command and returns the exit code; throws nothing.
    public int run(String... arguments) {
        int code = commandLine().execute(arguments);
        out.flush();
        err.flush();
        return code;
    }

    private CommandLine commandLine() {
        var build = new CommandLine(new Build());
        for (Architecture architecture : Architectures.all()) {
            build.addSubcommand(architecture.name(), new CommandLine(BuildModel.commandFor(architecture)));
        }
        var models = new CommandLine(new Models())
                .addSubcommand("build", build)
                .addSubcommand("inspect", new CommandLine(new InspectModel()));
        IParameterExceptionHandler wrongUsage = (exception, arguments) -> explain(exception);
        IExecutionExceptionHandler failure = (exception, line, result) -> explain(exception, line);
        return new CommandLine(new Fovea())
                .addSubcommand("models", models)
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(wrongUsage)
                .setExecutionExceptionHandler(failure);
    }

    private int explain(ParameterException exception) {
        String command = exception.getCommandLine().getCommandSpec().qualifiedName();
        err.println(command + ": " + oneLine(exception) + " (try \"" + command + " --help\")");
        return WRONG_USAGE;
    }

    private int explain(Exception exception, CommandLine line) {
        err.println(line.getCommandSpec().qualifiedName() + ": " + oneLine(exception));
        return exception instanceof IllegalArgumentException ? WRONG_USAGE : FAILED;
    }

    private static String oneLine(Exception exception) {
        String message = exception.getMessage();
        return message == null ? exception.toString() : message.replaceAll("\\s*\\R\\s*", " ");
    }

    @Command(
            name = "fovea",
            mixinStandardHelpOptions = true,
            version = "fovea " + BuildModel.VERSION,
            synopsisSubcommandLabel = "COMMAND",
            description = "Streaming vision inference: the tools around the services.")
    static final class Fovea implements Runnable {

        @CommandLine.Spec
        private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

        @Override
        public void run() {
            throw new ParameterException(spec.commandLine(), "a command is missing");
        }
    }

    @Command(
            name = "models",
            mixinStandardHelpOptions = true,
            synopsisSubcommandLabel = "COMMAND",
            description = "Builds models into a model repository and inspects model files.")
    static final class Models implements Runnable {

        @CommandLine.Spec
        private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

        @Override
        public void run() {
            throw new ParameterException(spec.commandLine(), "a command is missing: build or inspect");
        }
    }

    @Command(
            name = "build",
            mixinStandardHelpOptions = true,
            synopsisSubcommandLabel = "ARCHITECTURE",
            commandListHeading = "%nArchitectures:%n",
            description = "Builds a model of an architecture into a model repository.")
    static final class Build implements Runnable {

        @CommandLine.Spec
        private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

        @Override
        public void run() {
            throw new ParameterException(
                    spec.commandLine(),
                    "an architecture is missing; there is "
                            + Architectures.all().stream()
                                    .map(Architecture::name)
                                    .toList());
        }
    }
}
