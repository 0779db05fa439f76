package dev.fovea.tests.chart.kubelet;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.builder.FoveaProgram;
import dev.fovea.proto.v1.GlobalRetrievalGrpc;
import dev.fovea.proto.v1.ImageInput;
import dev.fovea.proto.v1.Rerank;
import dev.fovea.proto.v1.RerankMode;
import dev.fovea.proto.v1.SearchRequest;
import dev.fovea.tests.chart.kubelet.SharedBroker.Listener;
import dev.fovea.tests.chart.render.Rendering;
import dev.fovea.tests.chart.rules.MetricNames;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/// The three services as they are by default, with everything that watches them, beside a broker that asks nobody.
///
/// The tests share the pods and come in order: the last ends them.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PlainKafkaIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    /// Longer than a transaction.
    private static final Duration QUIET = Duration.ofSeconds(1);
    private static final int EVENTS = 300;
    /// Counters with labels that begin to exist with what they count, which does not befall the services here.
    private static final Map<String, String> ONLY_IN_TROUBLE = Map.of(
            "fovea_entries_abandoned_total", "a caller went, or its time was over, in the queue",
            "fovea_entries_refused_total", "a queue was full",
            "fovea_kafka_commit_failures_total", "seen in AccessIT",
            "fovea_kafka_retries_total", "a model failed, or an event was late");

    private static final Pattern SERIES = Pattern.compile("(?m)^([a-zA-Z_:][\\w:]*)[ {]");

    private String plaintext;
    private Rendering rendering;
    private Node node;
    private Images images;

    @BeforeAll
    void startEverything() throws Exception {
        plaintext = SharedBroker.get().address(Listener.PLAINTEXT);
        rendering = Release.withKafka("plain", plaintext, """
                monitoring:
                  prometheusRule: {enabled: true}
                  dashboard: {enabled: true}
                tests: {enabled: true}
                """);
        try (Brokerage brokerage = new Brokerage(plaintext)) {
            brokerage.createTopics(rendering);
        }
        node = new Node(rendering, Outside.withModels(Models.image()));
        images = new Images(plaintext);
        for (Service service : Service.values()) {
            node.start(service.component());
        }
        for (Service service : Service.values()) {
            pod(service).awaitReady(LIMIT);
        }
    }

    @AfterAll
    void end() {
        images.close();
        node.close();
    }

    @Test
    @Order(1)
    void everyProbeSucceeds() {
        node.pods().forEach(pod -> assertThat(List.of("startupProbe", "readinessProbe", "livenessProbe"))
                .as(pod.name())
                .allMatch(pod::probe));
    }

    @Test
    @Order(2)
    void anEventGoesThroughEachService() throws Exception {
        Set<String> keys = images.send("plain.images", "first", 3);
        images.sendBroken("plain.images", "broken");
        images.send("plain.queries", "question", 1);

        for (Service service : Service.values()) {
            awaitRecords("plain." + service.results(), keys);
            awaitRecords("plain." + service.component() + ".dead-letters", Set.of("broken"));
        }
        awaitRecords("plain.query-results", Set.of("question-0"));
    }

    @Test
    @Order(3)
    void aCallOfEachServiceIsAnswered() throws Exception {
        for (Service service : Service.values()) {
            try (var caller = Caller.plain(pod(service).grpcPort())) {
                assertThat(service.call(caller.channel()).getSerializedSize()).isPositive();
            }
        }
    }

    @Test
    @Order(3)
    void aSearchIsVerified() {
        try (var caller = Caller.plain(pod(Service.GLOBAL_RETRIEVAL).grpcPort())) {
            var found = GlobalRetrievalGrpc.newBlockingStub(caller.channel())
                    .withDeadlineAfter(LIMIT.toSeconds(), TimeUnit.SECONDS)
                    .search(SearchRequest.newBuilder()
                            .setImage(ImageInput.newBuilder().setContent(Images.one()))
                            .setRerank(Rerank.newBuilder().setMode(RerankMode.RERANK_MODE_ON))
                            .build());

            assertThat(found.getRerank().getSerializedSize()).isPositive();
        }
    }

    @Test
    @Order(4)
    void everyMetricOfAlertsAndDashboardsIsServed() throws Exception {
        Set<String> served = new TreeSet<>();
        for (Pod pod : node.pods()) {
            served.addAll(SERIES.matcher(pod.metrics())
                    .results()
                    .map(match -> match.group(1))
                    .collect(toCollection(TreeSet::new)));
        }

        Set<String> named = MetricNames.in(rendering);
        assertThat(named).isNotEmpty();
        Set<String> missing = new TreeSet<>(named);
        missing.removeAll(served);
        missing.removeAll(ONLY_IN_TROUBLE.keySet());
        assertThat(missing).as("named, but not served").isEmpty();
    }

    @Test
    @Order(5)
    void theTestOfTheReleaseSucceeds() throws Exception {
        for (Service service : Service.values()) {
            List<String> arguments = node.testArguments(service.component());

            assertThat(new FoveaProgram().run(arguments.toArray(String[]::new)))
                    .as("exit status of fovea %s", arguments)
                    .isZero();
        }
    }

    @Test
    @Order(6)
    void nothingIsLostWhenPodsEndInsideTheirGracePeriodAndOthersFollow() throws Exception {
        Set<String> keys = new TreeSet<>(images.send("plain.images", "before", EVENTS));
        List<Thread> ends = new ArrayList<>();
        List<Traffic> traffic = new ArrayList<>();
        List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
        for (Service service : Service.values()) {
            Traffic calls = new Traffic(service, pod(service));
            traffic.add(calls);
            calls.awaitFlow();
            Pod ending = pod(service);
            ends.add(Thread.ofPlatform().start(() -> delete(ending, calls, failures)));
        }
        keys.addAll(images.send("plain.images", "meanwhile", EVENTS));
        for (Thread end : ends) {
            end.join();
        }
        assertThat(failures).isEmpty();
        for (Traffic calls : traffic) {
            assertThat(calls.broken()).isEmpty();
            calls.close();
        }

        for (Service service : Service.values()) {
            assertThat(pod(service).exitStatus()).as("143 is SIGTERM").isEqualTo(143);
            node.start(service.component());
        }
        for (Service service : Service.values()) {
            pod(service).awaitReady(LIMIT);
            assertAnsweredOnce("plain." + service.results(), keys);
        }
    }

    @Test
    @Order(7)
    void nothingIsWrittenBesideTheMounts() throws Exception {
        for (Pod pod : node.pods()) {
            assertThat(pod.strays()).as(pod.name()).isEmpty();
        }
    }

    private Pod pod(Service service) {
        return node.pod(service.component());
    }

    private static void delete(Pod pod, Traffic calls, List<Throwable> failures) {
        try {
            pod.delete(calls::podEnds);
        } catch (IOException | InterruptedException | AssertionError failed) {
            failures.add(failed);
        }
    }

    private void assertAnsweredOnce(String topic, Set<String> keys) {
        try (Records records = new Records(plaintext, topic)) {
            records.await(keys, LIMIT);
            records.linger(QUIET);
            assertThat(records.keys()).as(topic).doesNotHaveDuplicates();
        }
    }

    private void awaitRecords(String topic, Set<String> keys) {
        try (Records records = new Records(plaintext, topic)) {
            records.await(keys, LIMIT);
        }
    }
}
