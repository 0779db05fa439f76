package dev.fovea.local.training;

import dev.fovea.local.scene.TrainingTextures;
import dev.fovea.repository.ModelRepository;
import dev.fovea.repository.ModelVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The models of one data folder; what is there already is not made again.
///
/// One thread may call it.
public final class LocalModels {

    /// Of the embedder that is fitted to rendered textures.
    static final String EMBEDDER = "demo-embedder";

    private final Path folder;
    private final ModelRepository repository;
    private final FoveaCommand fovea;

    /// @param folder of the model repository
    public LocalModels(Path folder, FoveaCommand fovea) {
        this.folder = folder;
        this.repository = new ModelRepository(folder);
        this.fovea = fovea;
    }

    /// A patch descriptor that needs no weights.
    ///
    /// @throws IOException if it cannot be built
    public ModelVersion descriptor() throws IOException, InterruptedException {
        if (repository.versions("siftnet").isEmpty()) {
            fovea.run("models", "build", "siftnet", "--repository", folder.toString());
        }
        return repository.newest("siftnet");
    }

    /// The demonstration embedder, if it was made.
    public Optional<ModelVersion> embedder() {
        ModelVersion model = repository.place(EMBEDDER, TrainingTextures.RECIPE);
        return Optional.of(model).filter(there -> Files.isRegularFile(there.file()));
    }

    /// Makes an embedder of 4,096 numbers, which is what an index takes at most.
    ///
    /// @param textures rendered by [TrainingTextures#forWords]
    /// @throws IOException if they cannot be read
    public ModelVersion fitEmbedder(Path textures) throws IOException, InterruptedException {
        fovea.run(
                "fit",
                "codebook",
                "sift-vlad",
                "--images",
                textures.toString(),
                "--repository",
                folder.toString(),
                "--name",
                EMBEDDER,
                "--version",
                String.valueOf(TrainingTextures.RECIPE),
                "--option",
                "clusters=32",
                "--samples",
                "20000",
                "--restarts",
                "1");
        return repository.place(EMBEDDER, TrainingTextures.RECIPE);
    }

    /// The classifier that was made of a folder as it is now, if there is one.
    public Optional<ModelVersion> classifierOf(LabelledFolder labels) {
        ModelVersion model = repository.place(labels.model(), labels.version());
        return Optional.of(model).filter(there -> Files.isRegularFile(there.file()));
    }

    /// Makes it.
    ///
    /// @throws IOException if the folder has too few images of a class, or they cannot be read, naming them
    public ModelVersion fit(LabelledFolder labels) throws IOException, InterruptedException {
        fovea.run(
                "fit",
                "head",
                "sift-bilinear",
                "--images",
                labels.folder().toString(),
                "--repository",
                folder.toString(),
                "--name",
                labels.model(),
                "--version",
                String.valueOf(labels.version()),
                "--split",
                String.valueOf(LabelledFolder.SHARE),
                "--seed",
                String.valueOf(LabelledFolder.SEED));
        return repository.place(labels.model(), labels.version());
    }
}
