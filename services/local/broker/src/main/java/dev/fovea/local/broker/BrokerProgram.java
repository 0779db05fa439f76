package dev.fovea.local.broker;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/// The broker's main program: broker and controller in one process, data under one folder, until SIGTERM or the end
/// of the process that started it.
///
/// A folder that already holds a broker's data is continued, so a restarted broker keeps its topics.
public final class BrokerProgram {

    private static final String SYSTEM_PROPERTY = "-D";

    private BrokerProgram() {}

    /// @param args port, controller port, data folder, then any `key=value` to override, and `-Dkey=value` for what
    ///     Kafka takes as a system property only
    public static void main(String[] args) throws Exception {
        int port = Integer.parseInt(args[0]);
        int controllerPort = Integer.parseInt(args[1]);
        Path data = Path.of(args[2]);
        Map<String, String> properties = properties(port, controllerPort, data);
        for (int i = 3; i < args.length; i++) {
            String[] override = args[i].split("=", 2);
            if (override[0].startsWith(SYSTEM_PROPERTY)) {
                System.setProperty(override[0].substring(SYSTEM_PROPERTY.length()), override[1]);
            } else {
                properties.put(override[0], override[1]);
            }
        }
        endWithStarter();
        formatIfNew(data);
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            server.shutdown();
            server.awaitShutdown();
        }));
        server.startup();
        server.awaitShutdown();
    }

    /// Nobody could stop a broker whose starter was killed.
    private static void endWithStarter() {
        Thread.ofPlatform().daemon().name("fovea-starter-watch").start(() -> {
            ProcessHandle.current().parent().ifPresent(starter -> starter.onExit()
                    .join());
            System.exit(0);
        });
    }

    private static void formatIfNew(Path data) throws Exception {
        if (Files.exists(data.resolve("meta.properties"))) {
            return;
        }
        Files.createDirectories(data);
        try (PrintStream silent = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(silent)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(1)
                    .addDirectory(data.toString())
                    .setMetadataLogDirectory(data.toString())
                    .setControllerListenerName("CONTROLLER")
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .setIgnoreFormatted(false)
                    .run();
        }
    }

    private static Map<String, String> properties(int port, int controllerPort, Path data) {
        Map<String, String> p = new HashMap<>();
        p.put("process.roles", "broker,controller");
        p.put("node.id", "1");
        p.put("controller.quorum.voters", "1@localhost:" + controllerPort);
        p.put("listeners", "PLAINTEXT://localhost:" + port + ",CONTROLLER://localhost:" + controllerPort);
        p.put("advertised.listeners", "PLAINTEXT://localhost:" + port);
        p.put("controller.listener.names", "CONTROLLER");
        p.put("inter.broker.listener.name", "PLAINTEXT");
        p.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        p.put("log.dirs", data.toString());
        p.put("offsets.topic.replication.factor", "1");
        p.put("offsets.topic.num.partitions", "4");
        p.put("transaction.state.log.replication.factor", "1");
        p.put("transaction.state.log.min.isr", "1");
        p.put("transaction.state.log.num.partitions", "4");
        p.put("share.coordinator.state.topic.replication.factor", "1");
        p.put("share.coordinator.state.topic.min.isr", "1");
        p.put("group.initial.rebalance.delay.ms", "0");
        // Allows consumers to ask for a shorter session than the default 45 s.
        p.put("group.consumer.min.session.timeout.ms", "5000");
        p.put("group.consumer.session.timeout.ms", "6000");
        p.put("group.consumer.min.heartbeat.interval.ms", "1000");
        p.put("group.consumer.heartbeat.interval.ms", "1500");
        p.put("message.max.bytes", Integer.toString(20 * 1024 * 1024));
        p.put("replica.fetch.max.bytes", Integer.toString(20 * 1024 * 1024));
        p.put("num.network.threads", "2");
        p.put("num.io.threads", "4");
        // The default reserves 128 MB of heap.
        p.put("log.cleaner.dedupe.buffer.size", "2097152");
        p.put("auto.create.topics.enable", "false");
        return p;
    }
}
