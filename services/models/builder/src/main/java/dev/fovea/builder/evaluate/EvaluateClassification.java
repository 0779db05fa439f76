package dev.fovea.builder.evaluate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fovea.architectures.ImageArchitecture;
import dev.fovea.builder.images.ImageFolder;
import dev.fovea.builder.images.ImageModel;
import dev.fovea.builder.images.LabelledImages;
import dev.fovea.repository.ModelManifest;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `fovea evaluate classification MODEL`: how often a classifier is right on folders of labelled images.
@Command(
        name = "classification",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = "Counts how often a classifier is right on a folder with one sub-folder per class.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  fovea evaluate classification flowers --repository models --images test",
            "  fovea evaluate classification flowers --repository models --images test --json report.json --plot confusion.png"
        })
public final class EvaluateClassification implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ModelChoice choice = new ModelChoice();

    @Option(
            names = "--images",
            required = true,
            paramLabel = "DIR",
            description = "Folder with one sub-folder per class, named as the model's label.")
    private Path images = Path.of("");

    @Option(names = "--json", paramLabel = "FILE", description = "Write the numbers as JSON.")
    private Optional<Path> json = Optional.empty();

    @Option(names = "--plot", paramLabel = "FILE", description = "Draw the confusion as a PNG.")
    private Optional<Path> plot = Optional.empty();

    @Override
    public Integer call() throws IOException, InterruptedException {
        OutputFile.requireWritable("--json", json);
        OutputFile.requireWritable("--plot", plot);
        PrintWriter out = spec.commandLine().getOut();
        LabelledImages labelled = ImageFolder.labelled(images);
        try (ImageModel model = choice.open(ImageArchitecture.CLASSIFICATION)) {
            ModelManifest manifest = model.manifest();
            List<Integer> truth = truth(labelled, manifest);
            var confusion = new Confusion(manifest.labels());
            model.run(
                    labelled.files(),
                    spec.commandLine().getErr(),
                    (file, scores) -> confusion.add(truth.get(file), scores));
            ClassificationReport.print(confusion, out);
            String name = manifest.name() + "@" + manifest.version();
            if (json.isPresent()) {
                ObjectNode report = ClassificationReport.json(confusion);
                report.put("model", name);
                Files.writeString(json.get(), report.toPrettyString() + "\n");
            }
            if (plot.isPresent()) {
                ConfusionPlot.write(confusion, name + " on " + images.getFileName(), plot.get());
            }
        }
        return 0;
    }

    /// The class of each file as the model counts them.
    private List<Integer> truth(LabelledImages labelled, ModelManifest manifest) throws IOException {
        int scores = manifest.outputs().getFirst().itemElements();
        if (manifest.labels().size() != scores) {
            throw new IOException("model " + manifest.name() + " has " + scores + " scores and "
                    + manifest.labels().size() + " labels, so folders cannot be told from each other by name");
        }
        List<Integer> classes = new ArrayList<>();
        for (String name : labelled.names()) {
            int index = manifest.labels().indexOf(name);
            if (index < 0) {
                throw new IOException("sub-folder \"" + name + "\" of " + images + " is no label of model "
                        + manifest.name() + "; its labels begin with "
                        + manifest.labels().subList(0, Math.min(5, scores)));
            }
            classes.add(index);
        }
        return labelled.labels().stream().map(classes::get).toList();
    }
}
