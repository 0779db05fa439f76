package dev.fovea.builder.adopt;

import dev.fovea.architectures.ImageArchitecture;
import dev.fovea.architectures.PatchArchitecture;
import java.util.List;
import java.util.Locale;

/// What a foreign model is for.
enum Task {
    CLASSIFICATION(ImageArchitecture.CLASSIFICATION, "logits", "scores of the classes"),
    RETRIEVAL(ImageArchitecture.RETRIEVAL, "embedding", "embedding of the image"),
    PATCH_DESCRIPTION(PatchArchitecture.TASK, PatchArchitecture.OUTPUT, "descriptors of the patches");

    static final String IMAGES = ImageArchitecture.INPUT;
    static final String PATCHES = PatchArchitecture.INPUT;

    private final String manifestName;
    private final String outputName;
    private final String meaning;

    Task(String manifestName, String outputName, String meaning) {
        this.manifestName = manifestName;
        this.outputName = outputName;
        this.meaning = meaning;
    }

    /// As manifests say it.
    String manifestName() {
        return manifestName;
    }

    /// Of an output that a head computes.
    String outputName() {
        return outputName;
    }

    String meaning() {
        return meaning;
    }

    /// Batch sizes, unless others are asked for.
    List<Integer> buckets() {
        return this == PATCH_DESCRIPTION ? List.of(1, 8, 16, 32, 64) : List.of(1, 2, 4, 8);
    }

    /// As users type it: `patch-description`.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
