package dev.fovea.builder.index;

import com.google.protobuf.ByteString;
import dev.fovea.builder.evaluate.OutputFile;
import dev.fovea.builder.index.client.RetrievalClient;
import dev.fovea.builder.index.sheet.ContactSheet;
import dev.fovea.proto.v1.GetRequest;
import dev.fovea.proto.v1.ImageInput;
import dev.fovea.proto.v1.Parts;
import dev.fovea.proto.v1.SearchRequest;
import dev.fovea.proto.v1.SearchResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `fovea index search IMAGE`: the stored images nearest to a query, as a table and as a picture.
@Command(
        name = "search",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = "Finds the stored images that show what a query shows.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  fovea index search rose.jpg --rerank --sheet answers.png",
            "  fovea index search --id garden/rose.jpg --k 5 --filter 'year >= 2020 and not sold'"
        })
public final class SearchImages extends ServiceCommand {

    /// Drawn by the service; more make its answer large.
    private static final int PICTURES = 10;

    @Parameters(paramLabel = "IMAGE", arity = "0..1", description = "An image file.")
    private Optional<Path> image = Optional.empty();

    @Option(
            names = "--id",
            paramLabel = "ID",
            description = "A stored image instead; itself is left out of the results.")
    private Optional<String> id = Optional.empty();

    @Mixin
    private CollectionChoice collection = new CollectionChoice();

    @Mixin
    private SearchOptions options = new SearchOptions();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Option(
            names = "--sheet",
            paramLabel = "FILE",
            description = "Draw query and results, with the matches of those that were verified, as .png or .jpg.")
    private Optional<Path> sheet = Optional.empty();

    @Override
    void check() throws IOException {
        if (image.isPresent() == id.isPresent()) {
            throw new IllegalArgumentException("an image file or --id ID is needed, and not both");
        }
        options.check();
        if (sheet.isPresent()) {
            ContactSheet.requireFormat(sheet.get());
        }
        OutputFile.requireWritable("--sheet", sheet);
    }

    @Override
    int run(RetrievalClient client) throws IOException, InterruptedException {
        var request = SearchRequest.newBuilder().setCollection(collection.name());
        options.put(request, sheet.isPresent() ? PICTURES : 0);
        byte[] bytes = image.isPresent() ? Files.readAllBytes(image.get()) : new byte[0];
        if (id.isPresent()) {
            request.setStoredId(id.get());
        } else {
            request.setImage(ImageInput.newBuilder().setContent(ByteString.copyFrom(bytes)));
        }
        if (sheet.isPresent()) {
            request.setParts(Parts.newBuilder().setThumbnail(true));
        }
        SearchResponse answer = client.call(stub -> stub.search(request.build()));
        if (json) {
            out().println(SearchReport.json(answer).toPrettyString());
        } else {
            SearchReport.table(answer).print(out());
            out().println(SearchReport.summary(answer));
        }
        if (sheet.isPresent()) {
            byte[] picture = id.isPresent() ? thumbnail(client, answer.getCollection()) : bytes;
            SearchReport.sheet(answer, name(), picture, options.filter()).write(sheet.get());
        }
        return DONE;
    }

    private String name() {
        return id.orElseGet(() -> image.orElse(Path.of("")).toString());
    }

    /// Empty where the collection keeps none.
    private byte[] thumbnail(RetrievalClient client, String name) throws IOException, InterruptedException {
        var request = GetRequest.newBuilder()
                .setCollection(name)
                .addIds(id.orElse(""))
                .setParts(Parts.newBuilder().setThumbnail(true))
                .build();
        var images = client.call(stub -> stub.get(request)).getImagesList();
        return images.isEmpty() ? new byte[0] : images.getFirst().getThumbnail().toByteArray();
    }
}
