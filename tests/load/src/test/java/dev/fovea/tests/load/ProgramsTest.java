package dev.fovea.tests.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/// The programs start and report; no number is judged.
class ProgramsTest {

    @ParameterizedTest
    @ValueSource(
            classes = {
                SiftSpeed.class,
                HeadOverhead.class,
                BatchCost.class,
                ExplanationCost.class,
                GrpcThroughput.class,
                GrpcLatency.class,
                GrpcOverload.class,
                KafkaThroughput.class,
                StartUp.class,
                ClassificationThroughput.class,
                ExplanationLoad.class,
                VectorIndexSearch.class,
                RetrievalQuality.class,
                RetrievalThroughput.class
            })
    void explainThemselves(Class<? extends Callable<Integer>> program) throws Exception {
        var constructor = program.getDeclaredConstructor();
        String usage = new CommandLine(constructor.newInstance()).getUsageMessage();
        assertThat(usage).contains("--json=FILE", "--help", "Usage: " + program.getSimpleName());
    }

    @Test
    void siftSpeedReportsRatesAndRatios(@TempDir Path folder) throws Exception {
        Path json = folder.resolve("report.json");
        int status = new CommandLine(new SiftSpeed())
                .execute("--batches=1,4", "--seconds=0.05", "--repetitions=3", "--json=" + json);
        assertThat(status).isZero();

        JsonNode report = new ObjectMapper().readTree(json.toFile());
        assertThat(report.get("machine").get("onnxRuntime").asText()).matches("\\d+\\.\\d+\\.\\d+");
        assertThat(report.get("machine").get("processors").asInt()).isPositive();
        assertThat(report.get("settings").get("keypoints").asInt()).isGreaterThan(500);
        assertThat(report.get("rows")).hasSize(3);
        assertThat(report.get("rows"))
                .allSatisfy(row ->
                        assertThat(row.get("per second (median)").asDouble()).isPositive());
        assertThat(report.get("results").get("best ratio (goal 3.0)").asDouble())
                .isPositive();
    }

    @Test
    void batchCostReportsBothAndTheirRatio(@TempDir Path folder) throws Exception {
        Path json = folder.resolve("report.json");
        int status = new CommandLine(new BatchCost())
                .execute("--trunk=resnet18", "--size=64", "--batch=2", "--repetitions=2", "--json=" + json);
        assertThat(status).isZero();

        JsonNode report = new ObjectMapper().readTree(json.toFile());
        assertThat(report.get("rows")).hasSize(2);
        assertThat(report.get("results").get("batch over one image, medians").asDouble())
                .isPositive();
    }

    @Test
    void vectorIndexSearchReportsBothKindsOfSearch(@TempDir Path folder) throws Exception {
        Path json = folder.resolve("report.json");
        int status = new CommandLine(new VectorIndexSearch())
                .execute("--vectors=500", "--dimension=32", "--storages=INT4", "--candidates=50", "--json=" + json);
        assertThat(status).isZero();

        JsonNode rows = new ObjectMapper().readTree(json.toFile()).get("rows");
        assertThat(rows).hasSize(4);
        assertThat(rows.get(0).get("p50 cpu ms").asDouble()).isPositive();
        assertThat(rows.get(1).get("recall").asDouble()).isPositive();
        assertThat(rows.get(2).get("p99 ms").asDouble()).isPositive();
        assertThat(rows.get(3).get("bytes/entry").asDouble()).isPositive();
    }
}
