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
import java.util.stream.Stream;

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
        ModelVersion embedder = preparation.embedder(models);
        ModelVersion classifier = preparation.classifier(models, labels);
        Queries queries = preparation.queries(sending);
        try (Studio studio = new Studio(data.pictures(), screen)) {
            List<ImageFile> images = sending.images().images();
            Settings.Listening listening = settings.listening();
            List<ModelVersion> retrievers = List.of(embedder, descriptor);
            ServicePlan retrieval =
                    Services.retrieval(retrievers, data.index(), listening.retrieval(), new Embeddings());
            List<ServicePlan> plans = List.of(
                    Services.description(
                            descriptor, listening.description(), new PatchDescriptions(studio, screen, images)),
                    Services.classification(
                            classifier, listening.classification(), new Classifications(studio, sending.truths())),
                    retrieval);
            ServicePlan searches = Services.retrievalQueries(retrieval, new Searches(studio, queries));
            return run(new Job(plans, images, searches, queries), data, studio);
        }
    }

    /// What the services are asked.
    ///
    /// @param plans that answer each of the images
    /// @param searches that answers each of the queries
    private record Job(List<ServicePlan> plans, List<ImageFile> images, ServicePlan searches, Queries queries) {

        List<ServicePlan> all() {
            return Stream.concat(plans.stream(), Stream.of(searches)).toList();
        }
    }

    private boolean run(Job job, DataFolder data, Studio studio) throws IOException, InterruptedException {
        PortChoice kafka = settings.listening().kafka();
        int kafkaPort = Ports.choose(List.of(kafka)).of(kafka);
        screen.line("broker    starting Kafka on localhost:" + kafkaPort);
        try (BrokerProcess broker = BrokerProcess.startOn(kafkaPort, data.broker())) {
            stop.check();
            Topics.create(broker.bootstrapServers(), job.all());
            endLeftovers(data);
            Ports ports = Ports.choose(job.plans.stream()
                    .flatMap(plan -> List.of(plan.grpc(), plan.http()).stream())
                    .toList());
            job.plans.forEach(plan -> screen.line("service   starting " + plan.name() + ", gRPC on localhost:"
                    + ports.of(plan.grpc()) + ", health on http://localhost:" + ports.of(plan.http()) + "/q/health"));
            Fleet.Surroundings around =
                    new Fleet.Surroundings(settings.services(), data, ports, configuration(broker, data));
            try (Fleet fleet = Fleet.start(job.plans, around);
                    Exchange exchange = Exchange.open(broker.bootstrapServers(), job.all())) {
                fleet.awaitReady(stop);
                FolderRun.Watch watch = new FolderRun.Watch(screen, stop, settings.patience());
                FolderRun sending =
                        new FolderRun(new Errand(job.plans, Event::image, "images"), exchange, fleet, studio, watch);
                FolderRun asking = new FolderRun(
                        new Errand(List.of(job.searches), Queries::event, "queries"), exchange, fleet, studio, watch);
                boolean complete = sending.run(job.images);
                // Searches see the last images no sooner.
                sending.follow(Services.VISIBLE_WITHIN);
                screen.line(SearchLines.HEAD);
                complete = asking.run(job.queries.images()) && complete;
                screen.line("pictures  " + studio.finish(stop) + " in " + data.pictures());
                if (!settings.once()) {
                    String more = SendMore.text(broker.bootstrapServers(), job.plans, ports, job.images.getFirst());
                    more.lines().forEach(screen::line);
                    sending.followUntilStopped();
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
