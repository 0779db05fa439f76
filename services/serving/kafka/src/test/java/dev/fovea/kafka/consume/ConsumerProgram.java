package dev.fovea.kafka.consume;

import dev.fovea.inference.Ticker;
import dev.fovea.kafka.KafkaSettings;
import dev.fovea.kafka.form.ImageForm;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/// A consumer in a process of its own, so that it can be killed.
public final class ConsumerProgram {

    private ConsumerProgram() {}

    /// @param args bootstrap servers, name of the scene
    public static void main(String[] args) throws Exception {
        KafkaScene scene = new KafkaScene(args[0], args[1]);
        KafkaSettings settings = scene.settings("a").withInFlight(new KafkaSettings.InFlight(32, 64 << 20));
        try (EventConsumer consumer = new EventConsumer(
                settings, new ImageForm(), new NumberingService(100), ConsumerMetrics.NONE, Ticker.system())) {
            consumer.start();
            new CountDownLatch(1).await();
        }
    }

    static Child start(KafkaScene scene, Path log) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ConsumerProgram.class.getName(),
                        scene.bootstrapServers(),
                        scene.name())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new Child(scene, process);
    }

    /// A running consumer; closing kills it as a power cut would.
    record Child(KafkaScene scene, Process process) implements AutoCloseable {

        void awaitResults(int count) {
            scene.readUntil(scene.results(), count, Duration.ofSeconds(60));
        }

        @Override
        public void close() {
            process.destroyForcibly().onExit().join();
        }
    }
}
