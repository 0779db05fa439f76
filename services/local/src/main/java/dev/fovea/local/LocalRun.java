package dev.fovea.local;

import dev.fovea.local.broker.BrokerProcess;
import dev.fovea.local.training.LabelledFolder;
import dev.fovea.local.training.LocalModels;
import dev.fovea.repository.ModelVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The main job, in the order in which it happens.
///
/// One thread runs it; what it starts it stops, in the opposite order.
final class LocalRun {

    private final Settings settings;
    private final Screen screen;
    private final StopRequest stop;

    LocalRun(Settings settings, Screen screen, StopRequest stop) {
        this.settings = settings;
        this.screen = screen;
        this.stop = stop;
    }

    /// Returns whether every event was answered exactly once by every service.
    boolean run() throws IOException, InterruptedException {
        for (String name : Services.NAMES) {
            Path jar = ServicePlan.jar(settings.services(), name);
            if (!Files.isRegularFile(jar)) {
                throw new IOException(
                        "the services are not built: --services " + settings.services() + ": " + jar + " is missing");
            }
        }
        DataFolder data = DataFolder.create(settings.data());
        Preparation preparation = new Preparation(settings, data, screen, stop);
        LabelledFolder labels = preparation.labels();
        Sending sending = preparation.images(labels);
        LocalModels models = preparation.models();
        ModelVersion descriptor = preparation.descriptor(models);
        ModelVersion classifier = preparation.classifier(models, labels);
        try (Studio studio = new Studio(data.pictures(), screen)) {
            List<ImageFile> images = sending.images().images();
            List<ServicePlan> plans = List.of(
                    Services.description(
                            descriptor, settings.listening(), new PatchDescriptions(studio, screen, images)),
                    Services.classification(
                            classifier, settings.listening(), new Classifications(studio, sending.truths())));
            return run(plans, data, studio, images);
        }
    }

    private boolean run(List<ServicePlan> plans, DataFolder data, Studio studio, List<ImageFile> images)
            throws IOException, InterruptedException {
        PortChoice kafka = settings.listening().kafka();
        int kafkaPort = Ports.choose(List.of(kafka)).of(kafka);
        screen.line("broker    starting Kafka on localhost:" + kafkaPort);
        try (BrokerProcess broker = BrokerProcess.startOn(kafkaPort, data.broker())) {
            stop.check();
            Topics.create(broker.bootstrapServers(), plans);
            endLeftovers(data);
            Ports ports = Ports.choose(plans.stream()
                    .flatMap(plan -> List.of(plan.grpc(), plan.http()).stream())
                    .toList());
            plans.forEach(plan -> screen.line("service   starting " + plan.name() + ", gRPC on localhost:"
                    + ports.of(plan.grpc()) + ", health on http://localhost:" + ports.of(plan.http()) + "/q/health"));
            Fleet.Surroundings around =
                    new Fleet.Surroundings(settings.services(), data, ports, configuration(broker, data));
            try (Fleet fleet = Fleet.start(plans, around);
                    Exchange exchange = Exchange.open(broker.bootstrapServers(), plans)) {
                fleet.awaitReady(stop);
                FolderRun.Watch watch = new FolderRun.Watch(screen, stop, settings.patience());
                FolderRun folder = new FolderRun(plans, exchange, fleet, studio, watch);
                boolean complete = folder.run(images);
                screen.line("pictures  " + studio.finish(stop) + " in " + data.pictures());
                if (!settings.once()) {
                    String more = SendMore.text(broker.bootstrapServers(), plans, ports, images.getFirst());
                    more.lines().forEach(screen::line);
                    folder.followUntilStopped();
                }
                return complete;
            }
        }
    }

    private void endLeftovers(DataFolder data) throws IOException, InterruptedException {
        for (String name : Services.NAMES) {
            Leftover.of(data, name)
                    .end()
                    .ifPresent(pid -> screen.line("service   ended process " + pid + " of an earlier run's " + name));
        }
    }

    private static Map<String, String> configuration(BrokerProcess broker, DataFolder data) {
        return Map.of(
                "fovea.models.repository",
                data.models().toString(),
                "fovea.kafka.enabled",
                "true",
                "fovea.kafka.bootstrap-servers",
                broker.bootstrapServers(),
                // Stable over restarts, so that a run fences what a killed one left behind.
                "fovea.kafka.instance-id",
                "local");
    }
}
