package dev.fovea.builder.index;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fovea.builder.index.client.RetrievalClient;
import dev.fovea.builder.index.metadata.DeclaredFields;
import dev.fovea.builder.terminal.Table;
import dev.fovea.proto.v1.Collection;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `fovea index stats`: what the collections hold and how they are kept.
@Command(
        name = "stats",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = "Shows what collections hold and how they are kept: all of them, or one. Bytes are those of the "
                + "index on disk: embeddings, graph, metadata, local descriptors and thumbnails.",
        footerHeading = "%nExamples:%n",
        footer = {"  fovea index stats", "  fovea index stats --collection images --json"})
public final class ShowStats extends ServiceCommand {

    @Mixin
    private CollectionChoice collection = new CollectionChoice();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    int run(RetrievalClient client) throws IOException, InterruptedException {
        List<Collection> collections = client.collections(collection.name());
        if (json) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            collections.forEach(described -> put(list.addObject(), described));
            out().println(list.toPrettyString());
        } else {
            table(collections).print(out());
        }
        return DONE;
    }

    private static Table table(List<Collection> collections) {
        var table = new Table(
                "collection",
                "images",
                "dimension",
                "engine",
                "storage",
                "bytes",
                "bytes/image",
                "model",
                "re-ranking",
                "fields");
        for (Collection described : collections) {
            table.row(
                    described.getName() + (described.getIsDefault() ? " (default)" : ""),
                    described.getImages(),
                    described.getDimension(),
                    described.getEngine(),
                    described.getStorage(),
                    described.getBytes(),
                    described.getImages() == 0 ? "-" : described.getBytes() / described.getImages(),
                    ImageJson.name(described.getModel()),
                    ImageJson.name(described.getLocalModel()) + (described.getRerankByDefault() ? " (always)" : ""),
                    DeclaredFields.of(described).described());
        }
        return table;
    }

    private static void put(ObjectNode object, Collection described) {
        object.put("name", described.getName());
        object.put("default", described.getIsDefault());
        object.put("images", described.getImages());
        object.put("dimension", described.getDimension());
        object.put("engine", described.getEngine());
        object.put("storage", described.getStorage());
        object.put("bytes", described.getBytes());
        object.put("visibleWithinMillis", described.getVisibleWithinMillis());
        object.put("rerankByDefault", described.getRerankByDefault());
        ImageJson.put(object.putObject("model"), described.getModel());
        if (described.hasLocalModel()) {
            ImageJson.put(object.putObject("localModel"), described.getLocalModel());
        }
        ObjectNode fields = object.putObject("fields");
        DeclaredFields.of(described).types().forEach((field, type) -> fields.put(field, DeclaredFields.word(type)));
    }
}
