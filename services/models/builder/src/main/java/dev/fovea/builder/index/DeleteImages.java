package dev.fovea.builder.index;

import dev.fovea.builder.index.client.RetrievalClient;
import dev.fovea.proto.v1.DeleteRequest;
import dev.fovea.proto.v1.WriteOutcome;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `fovea index delete ID...`: deletes images, whether they are stored or not.
@Command(
        name = "delete",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = "Deletes images by id; an id that is not stored is no error.",
        footerHeading = "%nExamples:%n",
        footer = "  fovea index delete garden/rose.jpg garden/tulip.jpg")
public final class DeleteImages extends ServiceCommand {

    @Parameters(paramLabel = "ID", arity = "1..*", description = "Ids.")
    private List<String> ids = List.of();

    @Mixin
    private CollectionChoice collection = new CollectionChoice();

    @Mixin
    private PatienceOption patience = new PatienceOption();

    @Override
    void check() {
        patience.check();
    }

    @Override
    int run(RetrievalClient client) throws IOException, InterruptedException {
        var repeats = patience.repeats();
        int deleted = 0;
        for (String id : ids) {
            var request = DeleteRequest.newBuilder()
                    .setCollection(collection.name())
                    .setId(id)
                    .build();
            WriteOutcome outcome =
                    repeats.run(() -> client.call(stub -> stub.delete(request))).getOutcome();
            if (outcome == WriteOutcome.WRITE_OUTCOME_STALE) {
                err().println(id + ": a later version is stored; nothing was deleted");
            } else {
                deleted++;
            }
        }
        out().println(deleted + " of " + ids.size() + " deleted");
        return deleted == ids.size() ? DONE : FAILED;
    }
}
