package dev.fovea.builder.index;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fovea.builder.index.client.RetrievalClient;
import dev.fovea.builder.index.metadata.MetadataText;
import dev.fovea.builder.terminal.Table;
import dev.fovea.proto.v1.GetRequest;
import dev.fovea.proto.v1.Parts;
import dev.fovea.proto.v1.StoredImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `fovea index get ID...`: what is stored of some images.
@Command(
        name = "get",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = "Shows what is stored of images; the exit code is 1 if one of them is not stored.",
        footerHeading = "%nExamples:%n",
        footer = {"  fovea index get garden/rose.jpg", "  fovea index get a.jpg b.jpg --json"})
public final class GetImages extends ServiceCommand {

    @Parameters(paramLabel = "ID", arity = "1..256", description = "Ids, at most 256.")
    private List<String> ids = List.of();

    @Mixin
    private CollectionChoice collection = new CollectionChoice();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    int run(RetrievalClient client) throws IOException, InterruptedException {
        var request = GetRequest.newBuilder()
                .setCollection(collection.name())
                .addAllIds(ids)
                .setParts(Parts.newBuilder().setThumbnail(true).setLocalFeatures(true))
                .build();
        List<StoredImage> images = client.call(stub -> stub.get(request)).getImagesList();
        if (json) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            images.forEach(image -> {
                var object = list.addObject();
                ImageJson.put(object, image);
                object.put("keypoints", image.getLocalFeatures().getKeypointsCount());
                object.put("thumbnailBytes", image.getThumbnail().size());
            });
            out().println(list.toPrettyString());
        } else {
            table(images).print(out());
        }
        List<String> absent = new ArrayList<>(ids);
        images.forEach(image -> absent.removeIf(id -> id.equals(image.getId())));
        if (!absent.isEmpty()) {
            err().println("not stored: " + String.join(", ", absent));
        }
        return absent.isEmpty() ? DONE : FAILED;
    }

    private static Table table(List<StoredImage> images) {
        var table = new Table("id", "version", "size", "keypoints", "thumbnail", "metadata");
        for (StoredImage image : images) {
            table.row(
                    image.getId(),
                    image.getVersion(),
                    image.getImageWidth() == 0 ? "-" : image.getImageWidth() + "x" + image.getImageHeight(),
                    image.getLocalFeatures().getKeypointsCount(),
                    image.getThumbnail().size() + " B",
                    MetadataText.of(image.getMetadataMap()));
        }
        return table;
    }
}
