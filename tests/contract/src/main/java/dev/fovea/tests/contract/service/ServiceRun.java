package dev.fovea.tests.contract.service;

import dev.fovea.local.broker.BrokerProcess;
import dev.fovea.tests.support.ServiceProcess;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A broker, a service process that reads from it, and a gRPC channel to that. Whoever starts it closes it.
///
/// One thread at a time may call it, but the channel.
public final class ServiceRun implements AutoCloseable {

    private static final int LARGEST_MESSAGE = 64 << 20;

    private final ServiceUnderTest service;
    private final Path folder;
    private final Topics topics;
    private final Map<String, String> configuration = new HashMap<>();
    private final BrokerProcess broker;
    private final ServiceProcess process;
    private final ManagedChannel channel;

    private ServiceRun(ServiceUnderTest service, Path folder, int partitions, Map<String, String> settings)
            throws Exception {
        this.service = service;
        this.folder = folder;
        this.topics = Topics.of(service);
        this.broker = BrokerProcess.start(folder.resolve("kafka"));
        try {
            Topics.create(broker.bootstrapServers(), partitions, topics.names());
            Topics.create(broker.bootstrapServers(), partitions, service.furtherTopics());
            configuration.put("fovea.kafka.enabled", "true");
            configuration.put("fovea.kafka.bootstrap-servers", broker.bootstrapServers());
            configuration.put("fovea.models.repository", models(folder).toString());
            configuration.putAll(settings);
            this.process = another("first");
        } catch (Exception unstarted) {
            broker.close();
            throw unstarted;
        }
        this.channel = NettyChannelBuilder.forAddress("localhost", process.grpcPort())
                .usePlaintext()
                .maxInboundMessageSize(LARGEST_MESSAGE)
                .build();
    }

    /// Builds the service's model and starts the service with its own settings.
    public static ServiceRun start(ServiceUnderTest service, Path folder, int partitions) throws Exception {
        service.buildModel(models(folder));
        return start(service, folder, partitions, service.settings());
    }

    /// Starts the service on the models that lie in [#models].
    public static ServiceRun start(ServiceUnderTest service, Path folder, int partitions, Map<String, String> settings)
            throws Exception {
        return new ServiceRun(service, folder, partitions, settings);
    }

    /// The model repository of a run in `folder`.
    public static Path models(Path folder) {
        return folder.resolve("models");
    }

    /// Starts one more process of the same group; the caller closes it.
    ServiceProcess another(String instance) throws IOException, InterruptedException {
        return another(instance, Map.of());
    }

    /// Starts one more process; the caller closes it.
    ///
    /// @param further configuration, which goes before the service's
    public ServiceProcess another(String instance, Map<String, String> further)
            throws IOException, InterruptedException {
        Map<String, String> settings = new HashMap<>(configuration);
        settings.putAll(service.settingsOf(folder.resolve(instance)));
        settings.put("fovea.kafka.instance-id", instance);
        settings.putAll(further);
        List<String> options = new ArrayList<>(service.jvmOptions());
        options.add("-Xmx512m");
        return ServiceProcess.start(service.name(), log(instance), settings, options.toArray(String[]::new));
    }

    public Topics topics() {
        return topics;
    }

    public ServiceProcess process() {
        return process;
    }

    public ManagedChannel channel() {
        return channel;
    }

    /// What the process has printed.
    public Path log() {
        return log("first");
    }

    public Sender sender() {
        return sender(topics.images());
    }

    public Sender sender(String topic) {
        return new Sender(broker.bootstrapServers(), topic);
    }

    /// Waits for what becomes of the events of these keys.
    ///
    /// @throws AssertionError if one has no outcome in time, or two
    public Outcomes await(Set<String> keys, Duration limit) {
        return Outcomes.await(broker.bootstrapServers(), topics, keys, limit);
    }

    /// Waits for what becomes of the events of these keys on other topics than the service's own.
    ///
    /// @throws AssertionError if one has no outcome in time, or two
    public Outcomes await(Topics others, Set<String> keys, Duration limit) {
        return Outcomes.await(broker.bootstrapServers(), others, keys, limit);
    }

    /// Creates a topic of one partition.
    public void createTopic(String name) throws Exception {
        Topics.create(broker.bootstrapServers(), 1, List.of(name));
    }

    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    BrokerProcess broker() {
        return broker;
    }

    private Path log(String instance) {
        return folder.resolve(instance + ".log");
    }

    @Override
    public void close() {
        channel.shutdownNow();
        process.close();
        broker.close();
    }
}
