package dev.fovea.builder.fit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fovea.builder.evaluate.ClassificationReport;
import dev.fovea.builder.evaluate.Confusion;
import dev.fovea.builder.evaluate.ConfusionPlot;
import dev.fovea.builder.evaluate.OutputFile;
import dev.fovea.builder.images.ImageFolder;
import dev.fovea.builder.images.ImageModel;
import dev.fovea.builder.images.ImageRows;
import dev.fovea.builder.images.LabelledImages;
import dev.fovea.builder.numbers.LinearHead;
import dev.fovea.builder.numbers.LogisticRegression;
import dev.fovea.builder.numbers.LogisticRegression.Fitted;
import dev.fovea.builder.numbers.Matrix;
import dev.fovea.builder.numbers.Split;
import dev.fovea.builder.release.ReleaseOptions;
import dev.fovea.builder.terminal.Progress;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `fovea fit head MODEL|ARCHITECTURE`: a classifier of the user's own classes on frozen features.
///
/// The model that is written is the one whose accuracy is printed: it was fitted to the larger part of the images and
/// never saw the part it is measured on.
@Command(
        name = "head",
        sortOptions = false,
        usageHelpAutoWidth = true,
        description =
                "Fits a classifier of your own classes to frozen features, by logistic regression, and measures it "
                        + "on images it has not seen.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  fovea fit head sift-bilinear --images flowers --repository models",
            "  fovea fit head bcnn-vgg16 --weights vgg16.pth --images flowers --repository models --plot confusion.png",
            "  fovea fit head birds --output q455 --pooling bilinear --images flowers --repository models --name flowers"
        })
public final class FitHead implements Callable<Integer> {

    private static final int MAX_STEPS = 500;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private HeadOptions on = new HeadOptions();

    @Option(
            names = "--images",
            required = true,
            paramLabel = "DIR",
            description = "Folder with one sub-folder per class, named after it.")
    private Path images = Path.of("");

    @Option(
            names = "--split",
            paramLabel = "SHARE",
            defaultValue = "0.8",
            description = "Share of each class' images to fit to, 0.1 to 0.95; the others measure. "
                    + "Default: ${DEFAULT-VALUE}.")
    private double share = 0.8;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Decides which images are held back. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(names = "--plot", paramLabel = "FILE", description = "Draw the confusion as a PNG.")
    private Optional<Path> plot = Optional.empty();

    @Mixin
    private ReleaseOptions release = new ReleaseOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!(share >= 0.1 && share <= 0.95)) {
            throw new IllegalArgumentException("--split " + share + " is outside 0.1 to 0.95");
        }
        OutputFile.requireWritable("--plot", plot);
        PrintWriter err = spec.commandLine().getErr();
        String name = release.nameOr(on.defaultName());
        release.requireFree(name);
        LabelledImages labelled = ImageFolder.labelled(images);
        Split files = Split.stratified(classes(labelled), share, seed);
        ClassSizes.require(classes(labelled), files, labelled.names(), share);
        List<Path> fittedFiles =
                files.fitted().stream().map(labelled.files()::get).toList();
        HeadTarget target = on.target(fittedFiles, labelled.names(), release, err);
        ImageRows rows = features(target, labelled, err);
        fitAndRelease(target, labelled, rows, files, name);
        return 0;
    }

    private static ImageRows features(HeadTarget target, LabelledImages labelled, PrintWriter err)
            throws IOException, InterruptedException {
        try (ImageModel model = target.tap().open(target.features())) {
            return ImageRows.of(model, labelled.files(), err);
        }
    }

    private void fitAndRelease(HeadTarget target, LabelledImages labelled, ImageRows rows, Split files, String name)
            throws IOException {
        PrintWriter text =
                release.text(spec.commandLine().getOut(), spec.commandLine().getErr());
        int[] labels = rows.of(labelled.labels());
        int[] fittedRows = rows(rows, files.fitted());
        int[] heldRows = rows(rows, files.heldOut());
        ClassSizes.require(labels, fittedRows, heldRows, labelled.names(), share);
        Fitted fitted = fit(
                rows.rows().pick(fittedRows),
                pick(labels, fittedRows),
                labelled.names().size());
        text.printf(
                Locale.ROOT,
                "%d features, %d images fitted to, %d held out; L2 strength %.0e and %d steps, chosen by a loss of %.3f%n",
                rows.rows().columns(),
                fittedRows.length,
                heldRows.length,
                fitted.strength(),
                fitted.steps(),
                fitted.loss());
        Confusion confusion = measure(fitted.head(), rows.rows(), labels, heldRows, labelled.names());
        ClassificationReport.print(confusion, text);
        if (plot.isPresent()) {
            ConfusionPlot.write(confusion, name + ", images held out of " + images.getFileName(), plot.get());
        }
        String how = "logistic regression on " + fittedRows.length + " images of "
                + labelled.names().size() + " classes in "
                + images.toAbsolutePath().getFileName() + ", seed " + seed;
        var account = new FitAccount(how, figures(fitted, rows.rows().columns(), fittedRows.length, confusion));
        target.release(
                fitted.head(),
                labelled.names(),
                account,
                release,
                spec.commandLine().getOut());
    }

    /// What was fitted, and how it did on the images held out.
    private static ObjectNode figures(Fitted fitted, int features, int images, Confusion heldOut) {
        ObjectNode figures = JsonNodeFactory.instance.objectNode();
        figures.put("features", features)
                .put("images", images)
                .put("strength", fitted.strength())
                .put("steps", fitted.steps())
                .put("loss", fitted.loss());
        figures.set("heldOut", ClassificationReport.json(heldOut));
        return figures;
    }

    private Fitted fit(Matrix features, int[] labels, int classes) {
        var regression = new LogisticRegression(MAX_STEPS, seed);
        try (var progress = Progress.start(spec.commandLine().getErr(), "steps", 0)) {
            return regression.fit(features, labels, classes, progress::advance);
        }
    }

    private static Confusion measure(LinearHead head, Matrix features, int[] labels, int[] held, List<String> names) {
        var confusion = new Confusion(names);
        Matrix scores = head.scores(features.pick(held));
        for (int i = 0; i < held.length; i++) {
            confusion.add(labels[held[i]], scores.row(i));
        }
        return confusion;
    }

    private static int[] classes(LabelledImages labelled) {
        return labelled.labels().stream().mapToInt(Integer::intValue).toArray();
    }

    /// Rows of the files that could be read.
    private static int[] rows(ImageRows rows, List<Integer> files) {
        return files.stream()
                .mapToInt(rows.files()::indexOf)
                .filter(row -> row >= 0)
                .toArray();
    }

    private static int[] pick(int[] values, int[] rows) {
        return Arrays.stream(rows).map(row -> values[row]).toArray();
    }
}
