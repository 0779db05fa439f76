package dev.fovea.builder.index;

import dev.fovea.builder.index.archive.ArchiveReader;
import dev.fovea.builder.index.client.RetrievalClient;
import dev.fovea.proto.v1.Collection;
import dev.fovea.proto.v1.StoredImage;
import dev.fovea.proto.v1.UpsertRequest;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `fovea index import FILE`: an exported collection into a collection, each image with the version it had.
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = "Stores an exported collection, each image with its version: the same file again changes "
                + "nothing, and what is stored in a later version stays.",
        footerHeading = "%nExamples:%n",
        footer = {"  fovea index import images.fovea", "  fovea index import images.fovea.gz --collection copy"})
public final class ImportCollection extends ServiceCommand {

    @Parameters(paramLabel = "FILE", description = "As fovea index export wrote it.")
    private Path file = Path.of("");

    @Mixin
    private CollectionChoice collection = new CollectionChoice();

    @Option(names = "--force", description = "Also if the collection has another model than the exported one.")
    private boolean force;

    @Mixin
    private WriteOptions writes = new WriteOptions();

    @Override
    void check() {
        writes.check();
    }

    @Override
    int run(RetrievalClient client) throws IOException, InterruptedException {
        Account account;
        String target;
        try (ArchiveReader archive = ArchiveReader.open(file)) {
            Collection described = client.collection(collection.name());
            Likeness.require(archive.collection(), file.toString(), described, force);
            target = described.getName();
            account = new Writes(client, writes)
                    .run(
                            () -> archive.next().map(image -> new Copy(target, image)),
                            "images imported",
                            archive.collection().getImages(),
                            err());
        }
        account.listRefusals(err());
        out().println(target + ": " + account.summary());
        return account.complete() ? DONE : FAILED;
    }

    private record Copy(String collection, StoredImage image) implements Writes.Write {

        @Override
        public String name() {
            return image.getId();
        }

        @Override
        public UpsertRequest request() {
            return UpsertRequest.newBuilder()
                    .setCollection(collection)
                    .setId(image.getId())
                    .setStored(image)
                    .putAllMetadata(image.getMetadataMap())
                    .setVersion(image.getVersion())
                    .build();
        }
    }
}
