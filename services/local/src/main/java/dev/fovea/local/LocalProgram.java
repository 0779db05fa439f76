package dev.fovea.local;

import dev.fovea.local.scene.SampleScenes;
import java.io.Console;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The command line of the main job.
///
/// Exit codes: 0 done, 1 something was lost or could not be done, 2 it was asked for wrongly.
@Command(
        name = "fovea-local",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        version = "fovea 0.1.0",
        description = "Describes, classifies and indexes every image of a folder on this machine: starts a Kafka broker"
                + " and the services, sends the images as events, then some searches, shows and draws what comes"
                + " back.")
public final class LocalProgram implements Callable<Integer> {

    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;

    @Option(
            names = "--images",
            paramLabel = "DIR",
            description = "Images to send, folders below included. Default: scenes that the program renders.")
    private Optional<Path> images = Optional.empty();

    @Option(
            names = "--labels",
            paramLabel = "DIR",
            description = "Folder with one sub-folder of images per class: the classifier learns these. Without"
                    + " --images, those that it is measured on are sent. Default: textures that the program renders.")
    private Optional<Path> labels = Optional.empty();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "fovea-data",
            description =
                    "Where everything is kept: broker, model, samples, pictures, logs. Default: ${DEFAULT-VALUE}.")
    private Path data = Path.of("fovea-data");

    @Option(names = "--once", description = "End when the folder is done; exit code 1 if anything was lost.")
    private boolean once;

    @Option(
            names = "--patience",
            paramLabel = "SECONDS",
            defaultValue = "120",
            description = "Without any answer for so long, what is unanswered is lost. Default: ${DEFAULT-VALUE}.")
    private int patience = 120;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "7",
            description = "Of the sample scenes: the same seed gives the same images. Default: ${DEFAULT-VALUE}.")
    private long seed = 7;

    @Option(names = "--kafka-port", paramLabel = "PORT", description = "Default: 9092, or a free one.")
    private Optional<Integer> kafkaPort = Optional.empty();

    @Option(
            names = "--grpc-port",
            paramLabel = "PORT",
            description = "Of patch description. Default: 9000, or a free one.")
    private Optional<Integer> grpcPort = Optional.empty();

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            description = "Its health and metrics. Default: 8080, or a free one.")
    private Optional<Integer> httpPort = Optional.empty();

    @Option(
            names = "--classification-grpc-port",
            paramLabel = "PORT",
            description = "Of fine-grained classification. Default: 9001, or a free one.")
    private Optional<Integer> classificationGrpcPort = Optional.empty();

    @Option(
            names = "--classification-http-port",
            paramLabel = "PORT",
            description = "Its health and metrics. Default: 8081, or a free one.")
    private Optional<Integer> classificationHttpPort = Optional.empty();

    @Option(
            names = "--retrieval-grpc-port",
            paramLabel = "PORT",
            description = "Of global retrieval. Default: 9002, or a free one.")
    private Optional<Integer> retrievalGrpcPort = Optional.empty();

    @Option(
            names = "--retrieval-http-port",
            paramLabel = "PORT",
            description = "Its health and metrics. Default: 8082, or a free one.")
    private Optional<Integer> retrievalHttpPort = Optional.empty();

    @Option(
            names = "--services",
            paramLabel = "DIR",
            defaultValue = "${sys:fovea.local.services:-services}",
            description = "Folder of the services' modules, built. Default: ${DEFAULT-VALUE}.")
    private Path services = Path.of("");

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    private LocalProgram() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /// Runs until done or stopped and returns the exit code; throws nothing.
    static int run(String... arguments) {
        return new CommandLine(new LocalProgram())
                .setParameterExceptionHandler((wrong, all) -> {
                    wrong.getCommandLine().getErr().println("fovea-local: " + wrong.getMessage() + " (see --help)");
                    return WRONG_USAGE;
                })
                .setExecutionExceptionHandler((failure, line, result) -> {
                    line.getErr().println("fovea-local: " + message(failure));
                    return FAILED;
                })
                .execute(arguments);
    }

    @Override
    @SuppressWarnings("SystemOut") // the program's purpose is to show results on the terminal
    public Integer call() throws Exception {
        Settings settings = settings();
        StopRequest stop = StopRequest.onShutdown();
        boolean terminal =
                Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
        Screen screen = new Screen(System.out, terminal);
        try {
            return new LocalRun(settings, screen, stop).run() ? 0 : FAILED;
        } catch (StopRequest.Stopped stopped) {
            return FAILED;
        } finally {
            screen.endProgress();
            if (stop.isAsked()) {
                screen.line("stopped; everything is kept in " + settings.data());
            }
            stop.end();
        }
    }

    private Settings settings() {
        if (patience < 1 || patience > 86_400) {
            throw wrong("--patience " + patience + " is outside the range 1 to 86400");
        }
        if (seed < 0 || seed > SampleScenes.MAX_SEED) {
            throw wrong("--seed " + seed + " is outside the range 0 to " + SampleScenes.MAX_SEED);
        }
        Settings.Listening listening = new Settings.Listening(
                port("--kafka-port", kafkaPort, 9092),
                new Settings.Doors(port("--grpc-port", grpcPort, 9000), port("--http-port", httpPort, 8080)),
                new Settings.Doors(
                        port("--classification-grpc-port", classificationGrpcPort, 9001),
                        port("--classification-http-port", classificationHttpPort, 8081)),
                new Settings.Doors(
                        port("--retrieval-grpc-port", retrievalGrpcPort, 9002),
                        port("--retrieval-http-port", retrievalHttpPort, 8082)));
        return new Settings(images, labels, data, once, Duration.ofSeconds(patience), seed, listening, services);
    }

    private PortChoice port(String option, Optional<Integer> port, int usual) {
        if (port.isPresent() && (port.get() < 1 || port.get() > 65_535)) {
            throw wrong(option + " " + port.get() + " is outside the range 1 to 65535");
        }
        return new PortChoice(option, port.isPresent() ? OptionalInt.of(port.get()) : OptionalInt.empty(), usual);
    }

    private CommandLine.ParameterException wrong(String message) {
        return new CommandLine.ParameterException(spec.commandLine(), message);
    }

    private static String message(Exception failure) {
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }
}
