package dev.fovea.builder.fit;

import dev.fovea.builder.release.ReleaseOptions;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `fovea fit whitening MODEL`: a model with shorter answers.
@Command(
        name = "whitening",
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = {
            "Compresses the answers of an embedder or a patch descriptor to principal components of equal variance fitted to your images.",
            "The new model is called MODEL-whitened unless --name says otherwise."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  fovea fit whitening gem --images photos --dimensions 256 --repository models",
            "  fovea fit whitening siftnet --images photos --dimensions 64 --repository models --name siftnet-64"
        })
public final class FitWhitening implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ProjectionFit fit = new ProjectionFit();

    @Mixin
    private ReleaseOptions release = new ReleaseOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        fit.run(true, release, spec.commandLine().getOut(), spec.commandLine().getErr());
        return 0;
    }
}
