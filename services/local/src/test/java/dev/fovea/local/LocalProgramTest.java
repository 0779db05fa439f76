package dev.fovea.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LocalProgramTest {

    @TempDir
    private Path folder = Path.of("");

    static Stream<Arguments> wrongCommandLines() {
        return Stream.of(
                argumentSet(
                        "port out of range", "--grpc-port 70000", "--grpc-port 70000 is outside the range 1 to 65535"),
                argumentSet("no number", "--kafka-port many", "'many' is not an int"),
                argumentSet(
                        "port of the second service",
                        "--classification-http-port 0",
                        "--classification-http-port 0 is outside the range 1 to 65535"),
                argumentSet(
                        "port of the third service",
                        "--retrieval-grpc-port 65536",
                        "--retrieval-grpc-port 65536 is outside the range 1 to 65535"),
                argumentSet("seed", "--seed -1", "--seed -1 is outside the range 0 to 2147483647"),
                argumentSet("patience", "--patience 0", "--patience 0 is outside the range 1 to 86400"),
                argumentSet("unknown option", "--onse", "Unknown option: '--onse'"));
    }

    @ParameterizedTest
    @MethodSource("wrongCommandLines")
    void aWrongCommandLineIsSaidAndEndsWithStatusTwo(String arguments, String message) {
        Outcome outcome = run(arguments.split(" "));

        assertThat(outcome.status).isEqualTo(2);
        assertThat(outcome.errors).contains(message);
    }

    @Test
    void aFolderWithoutImagesIsSaidBeforeAnythingIsStarted() throws IOException {
        Path images = Files.createDirectories(folder.resolve("images"));
        Files.writeString(images.resolve("notes.txt"), "none");

        Outcome outcome = run(
                "--images",
                images.toString(),
                "--data",
                folder.resolve("data").toString(),
                "--services",
                builtServices());

        assertThat(outcome.status).isEqualTo(1);
        assertThat(outcome.errors).contains("holds no images, but 1 other files");
        assertThat(folder.resolve("data/kafka")).doesNotExist();
    }

    @Test
    void aFolderOfOneClassIsSaidBeforeAnythingIsStarted() throws IOException {
        Path labels = folder.resolve("labels");
        Files.createDirectories(labels.resolve("only"));

        Outcome outcome = run(
                "--labels",
                labels.toString(),
                "--data",
                folder.resolve("data").toString(),
                "--services",
                builtServices());

        assertThat(outcome.status).isEqualTo(1);
        assertThat(outcome.errors)
                .contains("--labels " + labels + ": ")
                .contains("has 1 sub-folders; at least 2 are needed, one for each class, named after it");
        assertThat(folder.resolve("data/kafka")).doesNotExist();
    }

    @Test
    void servicesThatAreNotBuiltAreSaid() {
        Outcome outcome = run("--services", folder.resolve("none").toString());

        assertThat(outcome.status).isEqualTo(1);
        assertThat(outcome.errors).contains("the services are not built").contains("quarkus-run.jar is missing");
    }

    @Test
    void aDataFolderThatIsAFileIsSaid() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        Outcome outcome = run("--data", file.toString(), "--services", builtServices());

        assertThat(outcome.status).isEqualTo(1);
        assertThat(outcome.errors).contains("--data " + file);
    }

    /// Files where the services' are; nothing here comes so far as to start them.
    private String builtServices() throws IOException {
        Path services = folder.resolve("services");
        for (String name : Services.NAMES) {
            Path jar = ServicePlan.jar(services, name);
            Files.createDirectories(jar.getParent());
            Files.writeString(jar, "");
        }
        return services.toString();
    }

    private record Outcome(int status, String errors) {}

    private static Outcome run(String... arguments) {
        PrintStream before = System.err;
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
        try {
            return new Outcome(LocalProgram.run(arguments), errors.toString(StandardCharsets.UTF_8));
        } finally {
            System.setErr(before);
        }
    }
}
