package dev.fovea.builder.index;

import dev.fovea.builder.index.client.RetrievalClient;
import dev.fovea.proto.v1.BackupRequest;
import dev.fovea.proto.v1.BackupResponse;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `fovea index backup NAME`: a copy of the index on the service's machine.
@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = "Copies the index of a collection, as of its last durable write, into a new folder of the "
                + "service's backup folder. Embedded engine only; give large indexes a longer --timeout.",
        footerHeading = "%nExamples:%n",
        footer = "  fovea index backup before-cleaning --timeout 600")
public final class BackUpCollection extends ServiceCommand {

    @Parameters(paramLabel = "NAME", description = "Name of the new folder: letters, digits, '.', '_' and '-'.")
    private String name = "";

    @Mixin
    private CollectionChoice collection = new CollectionChoice();

    @Override
    int run(RetrievalClient client) throws IOException, InterruptedException {
        var request = BackupRequest.newBuilder()
                .setCollection(collection.name())
                .setName(name)
                .build();
        BackupResponse backup = client.call(stub -> stub.backup(request));
        out().println(backup.getImages() + " images to " + backup.getFolder() + " (" + backup.getBytes()
                + " bytes, on the service's machine)");
        return DONE;
    }
}
