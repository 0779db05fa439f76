package dev.fovea.builder.index;

import dev.fovea.builder.evaluate.OutputFile;
import dev.fovea.builder.index.archive.ArchiveWriter;
import dev.fovea.builder.index.client.Repeats;
import dev.fovea.builder.index.client.RetrievalClient;
import dev.fovea.builder.terminal.Progress;
import dev.fovea.proto.v1.Collection;
import dev.fovea.proto.v1.ScanResponse;
import dev.fovea.proto.v1.StoredImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `fovea index export FILE`: everything a collection holds, in one file.
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = "Writes every stored image of a collection (embedding, local descriptors, thumbnail, metadata) "
                + "to a file. Images written meanwhile may or may not be in it.",
        footerHeading = "%nExamples:%n",
        footer = {"  fovea index export images.fovea", "  fovea index export images.fovea.gz --collection images"})
public final class ExportCollection extends ServiceCommand {

    @Parameters(paramLabel = "FILE", description = "Compressed if its name ends with .gz; replaced if it exists.")
    private Path file = Path.of("");

    @Mixin
    private CollectionChoice collection = new CollectionChoice();

    @Mixin
    private PatienceOption patience = new PatienceOption();

    @Override
    void check() throws IOException {
        patience.check();
        OutputFile.requireWritable("FILE", Optional.of(file));
    }

    @Override
    int run(RetrievalClient client) throws IOException, InterruptedException {
        Collection described = client.collection(collection.name());
        Repeats repeats = patience.repeats();
        var pages = new Pages(client, repeats, described.getName(), Pages.EVERYTHING);
        long images = 0;
        try (ArchiveWriter archive = ArchiveWriter.open(file, described)) {
            try (var progress = Progress.start(err(), "images exported", described.getImages())) {
                for (Optional<ScanResponse> page = pages.next(); page.isPresent(); page = pages.next()) {
                    for (StoredImage image : page.get().getImagesList()) {
                        archive.write(image);
                    }
                    images += page.get().getImagesCount();
                    progress.advance(page.get().getImagesCount());
                }
            }
            long bytes = archive.complete();
            out().println(described.getName() + ": " + images + " images to " + file + " (" + bytes + " bytes)");
        }
        return DONE;
    }
}
