package dev.fovea.builder.index;

import com.google.protobuf.ByteString;
import dev.fovea.builder.index.client.RetrievalClient;
import dev.fovea.builder.index.metadata.DeclaredFields;
import dev.fovea.builder.index.metadata.MetadataFile;
import dev.fovea.proto.v1.GetRequest;
import dev.fovea.proto.v1.ImageInput;
import dev.fovea.proto.v1.MetadataValue;
import dev.fovea.proto.v1.StoredImage;
import dev.fovea.proto.v1.UpsertRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `fovea index add FOLDER`: embeds and stores the images of a folder.
@Command(
        name = "add",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = "Stores the images of a folder and below it in a collection.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  fovea index add photos",
            "  fovea index add photos --id-prefix holiday/ --set year=2026 --metadata photos.csv --skip-stored"
        })
public final class AddImages extends ServiceCommand {

    /// What the service answers in one call.
    private static final int IDS_A_CALL = 256;

    @Parameters(paramLabel = "FOLDER", description = "Folder of images; an image's id is its path below it.")
    private Path folder = Path.of("");

    @Mixin
    private CollectionChoice collection = new CollectionChoice();

    @Option(names = "--id-prefix", paramLabel = "TEXT", description = "Put before every id.")
    private String prefix = "";

    @Option(
            names = "--set",
            paramLabel = "FIELD=VALUE",
            description =
                    "Metadata of every image of which --metadata does not say otherwise; may be repeated. Times as "
                            + "2026-11-21 or 2026-11-21T08:30:00Z.")
    private Map<String, String> set = new LinkedHashMap<>();

    @Option(
            names = "--metadata",
            paramLabel = "FILE",
            description = "Metadata of each image, which goes before --set: .csv with a column file, or JSON Lines "
                    + "of objects with \"file\", the path below FOLDER.")
    private Optional<Path> metadata = Optional.empty();

    @Option(names = "--skip-stored", description = "Leave out images whose id is stored already.")
    private boolean skipStored;

    @Mixin
    private WriteOptions writes = new WriteOptions();

    @Override
    void check() {
        writes.check();
    }

    @Override
    int run(RetrievalClient client) throws IOException, InterruptedException {
        FolderImages found = FolderImages.of(folder);
        var described = client.collection(collection.name());
        Map<Path, Map<String, MetadataValue>> fields = metadata(found, DeclaredFields.of(described));
        List<Upload> uploads = new ArrayList<>();
        for (Path image : found.images()) {
            uploads.add(new Upload(
                    described.getName(), image, prefix + found.name(image), fields.getOrDefault(image, Map.of())));
        }
        int all = uploads.size();
        if (skipStored) {
            Set<String> stored = stored(client, described.getName(), uploads);
            uploads.removeIf(upload -> stored.contains(upload.id));
        }
        Iterator<Upload> order = uploads.iterator();
        Account account = new Writes(client, writes)
                .run(
                        () -> order.hasNext() ? Optional.of(order.next()) : Optional.empty(),
                        "images",
                        uploads.size(),
                        err());
        account.listRefusals(err());
        out().println(described.getName() + ": " + account.summary() + leftOut(all - uploads.size(), found.others()));
        return account.complete() ? DONE : FAILED;
    }

    private static String leftOut(int stored, int others) {
        return (stored == 0 ? "" : ", " + stored + " skipped as stored")
                + (others == 0 ? "" : "; " + others + " files are no images by their names");
    }

    /// Of each file that has any.
    private Map<Path, Map<String, MetadataValue>> metadata(FolderImages found, DeclaredFields declared)
            throws IOException {
        Map<String, MetadataValue> common = new HashMap<>();
        set.forEach((field, text) -> common.put(field, declared.parse(field, text)));
        Map<String, Map<String, MetadataValue>> perName =
                metadata.isPresent() ? MetadataFile.read(metadata.get(), declared) : Map.of();
        Map<Path, Map<String, MetadataValue>> perFile = new HashMap<>();
        Set<String> unused = new HashSet<>(perName.keySet());
        for (Path image : found.images()) {
            Map<String, MetadataValue> own = new HashMap<>(perName.getOrDefault(found.name(image), Map.of()));
            common.forEach(own::putIfAbsent);
            perFile.put(image, own);
            unused.remove(found.name(image));
        }
        if (!unused.isEmpty()) {
            err().println(unused.size() + " entries of " + metadata.get() + " name no image of " + folder
                    + ", for example " + unused.stream().sorted().findFirst().orElse(""));
        }
        return perFile;
    }

    private static Set<String> stored(RetrievalClient client, String collection, List<Upload> uploads)
            throws IOException, InterruptedException {
        Set<String> stored = new HashSet<>();
        for (int from = 0; from < uploads.size(); from += IDS_A_CALL) {
            List<Upload> some = uploads.subList(from, Math.min(uploads.size(), from + IDS_A_CALL));
            var request = GetRequest.newBuilder()
                    .setCollection(collection)
                    .addAllIds(some.stream().map(upload -> upload.id).toList())
                    .build();
            client.call(stub -> stub.get(request)).getImagesList().stream()
                    .map(StoredImage::getId)
                    .forEach(stored::add);
        }
        return stored;
    }

    private record Upload(String collection, Path file, String id, Map<String, MetadataValue> metadata)
            implements Writes.Write {

        @Override
        public String name() {
            return file.toString();
        }

        @Override
        public UpsertRequest request() throws IOException {
            return UpsertRequest.newBuilder()
                    .setCollection(collection)
                    .setId(id)
                    .setImage(ImageInput.newBuilder().setContent(ByteString.copyFrom(Files.readAllBytes(file))))
                    .putAllMetadata(metadata)
                    .build();
        }
    }
}
