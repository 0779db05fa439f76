package dev.fovea.local;

import dev.fovea.builder.FoveaProgram;
import dev.fovea.local.broker.BrokerProcess;
import dev.fovea.local.scene.SampleScenes;
import dev.fovea.repository.ModelRepository;
import dev.fovea.repository.ModelVersion;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// The main job, in the order in which it happens.
///
/// One thread runs it; what it starts it stops, in the opposite order.
final class LocalRun {

    private static final String MODEL = "siftnet";

    /// Skipped files named one by one before they are only counted.
    private static final int NAMED = 10;

    private final Settings settings;
    private final Screen screen;
    private final StopRequest stop;

    /// @param images empty for the sample scenes
    /// @param patience without any answer for so long, what is unanswered is lost
    record Settings(
            Optional<Path> images,
            Path data,
            boolean once,
            Duration patience,
            long seed,
            OptionalInt kafkaPort,
            OptionalInt grpcPort,
            OptionalInt httpPort,
            Path service) {}

    LocalRun(Settings settings, Screen screen, StopRequest stop) {
        this.settings = settings;
        this.screen = screen;
        this.stop = stop;
    }

    /// Returns whether every event was answered exactly once.
    boolean run() throws IOException, InterruptedException {
        if (!Files.isRegularFile(settings.service)) {
            throw new IOException("the service is not built: --service " + settings.service + " does not exist");
        }
        DataFolder data = DataFolder.create(settings.data);
        ImageFolder images = images(data);
        ModelVersion model = model(data);
        int kafkaPort = Ports.choose("--kafka-port", settings.kafkaPort, 9092);
        screen.line("broker    starting Kafka on localhost:" + kafkaPort);
        try (BrokerProcess broker = BrokerProcess.startOn(kafkaPort, data.broker())) {
            stop.check();
            Topics.create(broker.bootstrapServers());
            Leftover leftover = new Leftover(data.root().resolve("service.pid"));
            leftover.end().ifPresent(pid -> screen.line("service   ended process " + pid + " of an earlier run"));
            int grpcPort = Ports.choose("--grpc-port", settings.grpcPort, 9000);
            int httpPort = Ports.choose("--http-port", settings.httpPort, 8080);
            screen.line("service   starting patch-description, gRPC on localhost:" + grpcPort
                    + ", health on http://localhost:" + httpPort + "/q/health");
            Path log = data.logs().resolve("patch-description.log");
            try (ServiceProcess service = ServiceProcess.start(
                    settings.service, log, grpcPort, httpPort, configuration(broker, model, data))) {
                leftover.write(service.pid());
                service.awaitReady(stop);
                return exchange(broker, service, data, images, grpcPort);
            }
        }
    }

    private boolean exchange(
            BrokerProcess broker, ServiceProcess service, DataFolder data, ImageFolder images, int grpcPort)
            throws IOException, InterruptedException {
        try (Exchange exchange = Exchange.open(broker.bootstrapServers());
                Pictures pictures = new Pictures(data.pictures(), screen, images.images())) {
            FolderRun folder = new FolderRun(exchange, service, pictures, screen, stop, settings.patience);
            boolean complete = folder.run(images.images());
            screen.line("pictures  " + pictures.finish(stop) + " in " + data.pictures());
            if (!settings.once) {
                sendMore(broker, grpcPort, images).lines().forEach(screen::line);
                folder.followUntilStopped();
            }
            return complete;
        }
    }

    private ImageFolder images(DataFolder data) throws IOException {
        if (settings.images.isEmpty()) {
            new SampleScenes(data.samples(), settings.seed).render(scene -> {
                stop.check();
                screen.line("samples   rendering " + scene.title());
            });
        }
        Path folder = settings.images.orElse(data.samples());
        ImageFolder images = ImageFolder.scan(folder);
        if (images.images().isEmpty()) {
            throw new IOException("--images " + folder + " holds no images, but "
                    + images.skipped().size() + " other files");
        }
        screen.line("images    " + images.images().size() + " in " + folder.toAbsolutePath());
        if (settings.images.isPresent()) {
            images.skipped().stream().limit(NAMED).forEach(line -> screen.line("skipped   " + line));
            if (images.skipped().size() > NAMED) {
                screen.line("skipped   " + (images.skipped().size() - NAMED) + " more files");
            }
        }
        return images;
    }

    private ModelVersion model(DataFolder data) throws IOException {
        ModelRepository repository = new ModelRepository(data.models());
        if (repository.versions(MODEL).isEmpty()) {
            StringWriter said = new StringWriter();
            PrintWriter writer = new PrintWriter(said);
            int status = new FoveaProgram(writer, writer)
                    .run("models", "build", MODEL, "--repository", data.models().toString());
            if (status != 0) {
                throw new IOException(
                        "the model cannot be built: " + said.toString().strip());
            }
        }
        ModelVersion model = repository.newest(MODEL);
        screen.line("model     " + model + " in " + data.models());
        stop.check();
        return model;
    }

    private static Map<String, String> configuration(BrokerProcess broker, ModelVersion model, DataFolder data) {
        return Map.of(
                "fovea.models.repository", data.models().toString(),
                "fovea.models.default", model.name(),
                "fovea.kafka.enabled", "true",
                "fovea.kafka.bootstrap-servers", broker.bootstrapServers(),
                // Stable over restarts, so that a run fences what a killed one left behind.
                "fovea.kafka.instance-id", "local");
    }

    private static String sendMore(BrokerProcess broker, int grpcPort, ImageFolder images) {
        ImageFile photo = images.images().getFirst();
        String path = "'" + photo.path().toAbsolutePath().normalize() + "'";
        return """

                The service stays up. Send it more by Kafka:

                  kcat -P -b %s -t %s -k my-photo -H content-type=%s %s

                or ask it by gRPC (it answers reflection, so grpcurl needs no .proto file):

                  grpcurl -plaintext -d @ localhost:%d fovea.v1.PatchDescription/Describe <<END
                  {"image": {"image": {"content": "$(base64 < %s | tr -d '\\n')"}, "sift": {"maxKeypoints": 100}}}
                  END

                Ctrl-C stops it.
                """.formatted(broker.bootstrapServers(), Topics.IMAGES, photo.contentType(), path, grpcPort, path);
    }
}
