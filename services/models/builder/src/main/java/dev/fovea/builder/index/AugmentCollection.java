package dev.fovea.builder.index;

import dev.fovea.builder.index.client.CallFailed;
import dev.fovea.builder.index.client.Repeats;
import dev.fovea.builder.index.client.RetrievalClient;
import dev.fovea.builder.index.client.Window;
import dev.fovea.proto.v1.Collection;
import dev.fovea.proto.v1.Parts;
import dev.fovea.proto.v1.QueryExpansion;
import dev.fovea.proto.v1.Rerank;
import dev.fovea.proto.v1.RerankMode;
import dev.fovea.proto.v1.ScanResponse;
import dev.fovea.proto.v1.SearchRequest;
import dev.fovea.proto.v1.StoredImage;
import dev.fovea.proto.v1.UpsertRequest;
import dev.fovea.proto.v1.Vectors;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `fovea index augment SOURCE TARGET`: database-side augmentation. Each image of the source goes to the target with
/// the embedding v + sum of its neighbours' embeddings, each weighted by score ^ alpha, of unit norm.
///
/// Source: Arandjelović and Zisserman 2012, section 4 (averages); Radenović et al. 2019, section 3.4 (weights).
@Command(
        name = "augment",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = "Writes every image of a collection to another one, its embedding averaged with those of its "
                + "nearest neighbours (database-side augmentation). Again after changes: the later run wins.",
        footerHeading = "%nExamples:%n",
        footer = {"  fovea index augment images images-dba", "  fovea index augment a b --neighbours 10 --alpha 3"})
public final class AugmentCollection extends ServiceCommand {

    private static final int MAX_NEIGHBOURS = 100;
    private static final float MAX_ALPHA = 10;

    @Parameters(index = "0", paramLabel = "SOURCE", description = "Collection that is read.")
    private String source = "";

    @Parameters(index = "1", paramLabel = "TARGET", description = "Collection that is written, of the same model.")
    private String target = "";

    @Option(
            names = "--neighbours",
            paramLabel = "N",
            defaultValue = "5",
            description = "1 to 100. Default: ${DEFAULT-VALUE}.")
    private int neighbours;

    @Option(
            names = "--alpha",
            paramLabel = "A",
            defaultValue = "3",
            description = "Exponent of the score, 0 to 10; 0: the plain average. Default: ${DEFAULT-VALUE}.")
    private float alpha;

    @Mixin
    private WriteOptions writes = new WriteOptions();

    @Override
    void check() {
        writes.check();
        requireExpansion("--neighbours", neighbours, alpha);
        if (source.equals(target)) {
            throw new IllegalArgumentException(
                    "SOURCE and TARGET are both " + source + "; neighbours would be averaged with averages");
        }
    }

    /// @param option that gave the neighbours
    static void requireExpansion(String option, int neighbours, float alpha) {
        if (neighbours < 1 || neighbours > MAX_NEIGHBOURS) {
            throw new IllegalArgumentException(option + " " + neighbours + " is outside 1 to " + MAX_NEIGHBOURS);
        }
        if (!(alpha >= 0 && alpha <= MAX_ALPHA)) {
            throw new IllegalArgumentException("--alpha " + alpha + " is outside 0 to 10");
        }
    }

    @Override
    int run(RetrievalClient client) throws IOException, InterruptedException {
        Collection from = client.collection(source);
        Collection to = client.collection(target);
        Likeness.require(from, "collection " + source, to, false);
        Account account = new Writes(client, writes).run(images(client), "images augmented", from.getImages(), err());
        account.listRefusals(err());
        out().println(target + ": " + account.summary());
        return account.complete() ? DONE : FAILED;
    }

    private Window.Source<Augmented> images(RetrievalClient client) {
        Parts parts =
                Parts.newBuilder().setThumbnail(true).setLocalFeatures(true).build();
        Repeats repeats = writes.repeats();
        var pages = new Pages(client, repeats, source, parts);
        return new Window.Source<>() {
            private Iterator<StoredImage> page = List.<StoredImage>of().iterator();

            @Override
            public Optional<Augmented> next() throws CallFailed, InterruptedException {
                while (!page.hasNext()) {
                    Optional<ScanResponse> following = pages.next();
                    if (following.isEmpty()) {
                        return Optional.empty();
                    }
                    page = following.get().getImagesList().iterator();
                }
                return Optional.of(new Augmented(client, repeats, page.next()));
            }
        };
    }

    private final class Augmented implements Writes.Write {

        private final RetrievalClient client;
        private final Repeats repeats;
        private final StoredImage image;

        Augmented(RetrievalClient client, Repeats repeats, StoredImage image) {
            this.client = client;
            this.repeats = repeats;
            this.image = image;
        }

        @Override
        public String name() {
            return image.getId();
        }

        @Override
        public UpsertRequest request() throws IOException, InterruptedException {
            var search = SearchRequest.newBuilder()
                    .setCollection(source)
                    .setStoredId(image.getId())
                    .setK(1)
                    .setRerank(Rerank.newBuilder().setMode(RerankMode.RERANK_MODE_OFF))
                    .setExpansion(QueryExpansion.newBuilder()
                            .setNeighbours(neighbours)
                            .setAlpha(alpha))
                    .setQueryEmbedding(true)
                    .build();
            Vectors embedding =
                    repeats.run(() -> client.call(stub -> stub.search(search))).getQueryEmbedding();
            return UpsertRequest.newBuilder()
                    .setCollection(target)
                    .setId(image.getId())
                    .setStored(image.toBuilder().setEmbedding(embedding))
                    .putAllMetadata(image.getMetadataMap())
                    .build();
        }
    }
}
