package dev.fovea.patches.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.inference.Deadline;
import dev.fovea.inference.Lane;
import dev.fovea.inference.Ticker;
import dev.fovea.inference.lifecycle.ModelRef;
import dev.fovea.inference.lifecycle.Models;
import dev.fovea.inference.session.FakeModel;
import dev.fovea.inference.session.FakeScript;
import dev.fovea.tests.service.FakeModelProfile;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What an orchestrator's probes see of a session that fails and of one that hangs.
@QuarkusTest
@TestProfile(FakeModelProfile.class)
@Timeout(120)
class HealthOverHttpTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @Inject
    FakeScript script;

    @Inject
    Models models;

    @TestHTTPResource("/q/health/")
    @SuppressWarnings("NullAway.Init") // Quarkus sets it, which NullAway does not know
    URI health;

    @AfterEach
    void recover() throws Exception {
        script.failing(false);
        script.releaseAll();
        await("live", 200);
        await("ready", 200);
    }

    @Test
    void readinessEndsWhileTheSessionFailsAndReturnsAfterRecovery() throws Exception {
        assertThat(await("ready", 200))
                .as("checks of this service; those that Quarkus adds by itself would decide, too")
                .contains("\"models\"", "\"kafka\"")
                .doesNotContain("gRPC Server");

        script.failing(true);
        String down = await("ready", 503, "kernel failed");
        assertThat(down).contains("lastError");
        assertThat(get("live").statusCode()).isEqualTo(200);

        script.failing(false);
        assertThat(await("ready", 200)).contains("lastError");
    }

    @Test
    void livenessEndsWhileAnInstanceThreadIsStuck() throws Exception {
        await("ready", 200);
        script.hold();
        Thread caller = Thread.ofVirtual().start(this::inferUntilInterrupted);
        script.awaitRun();

        assertThat(await("live", 503)).contains("has been inside one run").contains("limit 1000 ms");
        caller.interrupt();
    }

    private void inferUntilInterrupted() {
        try {
            models.find(ModelRef.DEFAULT)
                    .batcher()
                    .infer(FakeModel.items(1), Lane.INTERACTIVE, Deadline.after(Duration.ofHours(1), Ticker.system()));
        } catch (InterruptedException | RuntimeException over) {
            Thread.currentThread().interrupt();
        }
    }

    private String await(String probe, int status) throws Exception {
        return await(probe, status, "");
    }

    /// Asks until the status is there with the text: the checks of one answer are asked one after the other, so one
    /// may see a change that the one before it did not. The test's time limit ends a wait for what never comes.
    private String await(String probe, int status, String text) throws Exception {
        HttpResponse<String> answer = get(probe);
        while (answer.statusCode() != status || !answer.body().contains(text)) {
            TimeUnit.MILLISECONDS.sleep(20);
            answer = get(probe);
        }
        return answer.body();
    }

    private HttpResponse<String> get(String probe) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(health.resolve(probe)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
