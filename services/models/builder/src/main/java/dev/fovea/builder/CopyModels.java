package dev.fovea.builder;

import dev.fovea.builder.release.VersionCopy;
import dev.fovea.repository.ModelRepository;
import dev.fovea.repository.ModelVersion;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `fovea models copy FROM TO`: what one repository has and another lacks, for example from an image into a volume.
@Command(
        name = "copy",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = {
            "Copies every version of a repository into another one.",
            "A version appears whole or not at all, and its digest is checked after the copy. One that is there already"
                    + " stays; a different file of the same version is an error."
        },
        footerHeading = "%nExamples:%n",
        footer = "  fovea models copy /models /target")
final class CopyModels implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "FROM", description = "The repository that is read.")
    private Path from = Path.of("");

    @Parameters(index = "1", paramLabel = "TO", description = "The repository that is filled; made if it is missing.")
    private Path to = Path.of("");

    @Override
    public Integer call() throws IOException {
        ModelRepository source = new ModelRepository(from);
        List<String> names = source.names();
        if (names.isEmpty()) {
            throw new IOException(from + " holds no models");
        }
        PrintWriter out = spec.commandLine().getOut();
        for (String name : names) {
            for (ModelVersion version : source.versions(name)) {
                out.println(VersionCopy.copy(version, new ModelRepository(to)));
            }
        }
        return 0;
    }
}
