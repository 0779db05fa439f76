package dev.fovea.tests.load;

import com.google.protobuf.ByteString;
import dev.fovea.builder.FoveaProgram;
import dev.fovea.proto.v1.ClassifyRequest;
import dev.fovea.proto.v1.ImageInput;
import dev.fovea.repository.ModelRepository;
import dev.fovea.repository.ModelVersion;
import dev.fovea.tests.support.Checkout;
import dev.fovea.tests.support.ServiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/// Which classifier is served how, and the photographs it is asked about.
final class ClassifierOptions {

    private static final String SERVICE = "fine-grained-classification";
    private static final String ONNX = "data/weights/mobilenet_v2_1.0_224_inat_bird_float.onnx";
    private static final String LABELS = "data/weights/inat_bird_labels.txt";
    private static final String PHOTOS = "data/photos";
    private static final String HEAP = "-Xmx512m";

    @Option(
            names = "--onnx",
            description = "classifier to adopt, with an output \"logits\" of 224 x 224 pixels (p - 128) / 128;"
                    + " default: the shared test data's bird classifier")
    private Optional<Path> onnx = Optional.empty();

    @Option(names = "--labels", description = "its class names; default: the bird classifier's")
    private Optional<Path> labels = Optional.empty();

    @Option(names = "--images", description = "folder of photographs; default: the shared test data's *.JPEG")
    private Optional<Path> images = Optional.empty();

    @Option(names = "--threads", defaultValue = "1", description = "of the model's session, default: ${DEFAULT-VALUE}")
    private int threads;

    @Option(names = "--batch", defaultValue = "8", description = "largest batch, rows, default: ${DEFAULT-VALUE}")
    private int batch;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "further configuration of the service, may be repeated")
    private Map<String, String> settings = new HashMap<>();

    int threads() {
        return threads;
    }

    int batch() {
        return batch;
    }

    /// Adopts the classifier under a name.
    ///
    /// @param options of `fovea models adopt` besides those that the file needs
    ModelVersion adopt(Path folder, String name, String... options) throws IOException {
        Path repository = folder.resolve("models");
        List<String> words = new ArrayList<>(List.of(
                "models",
                "adopt",
                file(onnx, "--onnx", ONNX).toString(),
                "--repository=" + repository,
                "--name=" + name,
                "--task=classification",
                "--labels=" + file(labels, "--labels", LABELS),
                "--output=logits",
                "--size=224",
                "--preprocessing=half"));
        words.addAll(List.of(options));
        int status = new FoveaProgram().run(words.toArray(String[]::new));
        if (status != 0) {
            throw new IOException("fovea ended with status " + status + ": " + words);
        }
        return new ModelRepository(repository).newest(name);
    }

    /// The photographs as files' bytes, in the order of their names.
    List<byte[]> photographs() throws IOException {
        Path folder = file(images, "--images", PHOTOS);
        List<byte[]> photographs = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(each -> each.toString().matches("(?i).*\\.jpeg"))
                    .sorted()
                    .toList()) {
                photographs.add(Files.readAllBytes(file));
            }
        }
        if (photographs.isEmpty()) {
            throw new IOException(folder + " holds no *.jpeg");
        }
        return photographs;
    }

    /// A request without options for each photograph.
    static List<ClassifyRequest> requests(List<byte[]> photographs) {
        return photographs.stream()
                .map(file -> ClassifyRequest.newBuilder()
                        .setImage(ImageInput.newBuilder().setContent(ByteString.copyFrom(file)))
                        .build())
                .toList();
    }

    /// Starts the service on what was adopted into the folder, and waits until it is ready; the caller closes it.
    ///
    /// @param names the default first
    ServiceProcess start(Path folder, String... names) throws IOException, InterruptedException {
        Map<String, String> configuration = new HashMap<>();
        configuration.put("fovea.models.repository", folder.resolve("models").toString());
        configuration.put("fovea.models.default", names[0]);
        configuration.put("fovea.models.load", String.join(",", names));
        configuration.put("fovea.execution.cpu.threads", Integer.toString(threads));
        configuration.put("fovea.batching.max-batch", Integer.toString(batch));
        configuration.putAll(settings);
        return ServiceProcess.start(SERVICE, folder.resolve("service.log"), configuration, HEAP);
    }

    void describe(Report report, List<byte[]> photographs) {
        report.setting("model", file(onnx, "--onnx", ONNX).getFileName())
                .setting("photographs", photographs.size())
                .setting("mean bytes a photograph", (int) photographs.stream()
                        .mapToInt(file -> file.length)
                        .average()
                        .orElseThrow())
                .setting("session threads", threads)
                .setting("largest batch", batch)
                .setting("service JVM", HEAP)
                .setting("service settings", settings);
    }

    private static Path file(Optional<Path> given, String option, String shared) {
        return given.or(() -> Checkout.shared(shared))
                .orElseThrow(() -> new IllegalArgumentException(
                        option + " is needed where the shared test data \"" + shared + "\" is absent"));
    }
}
