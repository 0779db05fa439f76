package dev.fovea.retrieval.wiring;

import dev.fovea.quarkus.config.Setting;
import dev.fovea.vectorindex.FieldType;
import dev.fovea.vectorindex.VectorStorage;
import io.smallrye.config.WithDefault;
import java.util.Map;
import java.util.Optional;

/// What is configurable about one collection.
public interface CollectionConfig {

    @Setting(
            is = "model whose embeddings it holds, as `name` or `name@version`; it must be loaded",
            otherwise = "the default model")
    Optional<String> model();

    @Setting(
            is = "model whose local descriptors it keeps for re-ranking, as `name` or `name@version`; it must be"
                    + " loaded",
            otherwise = "none: nothing can be re-ranked")
    Optional<String> localModel();

    @Setting(is = "how the graph keeps vectors; quantised forms keep the float vectors too, to put candidates in order")
    @WithDefault("float32")
    VectorStorage storage();

    @Setting(is = "metadata that can be stored and filtered by; the key ends in the field's name", otherwise = "none")
    Map<String, FieldType> fields();

    @Setting(is = "re-rank searches that do not say; needs `local-model`")
    @WithDefault("false")
    boolean rerank();

    @Setting(is = "keypoints kept of an image, the strongest", unit = "keypoints", from = "1", to = "4096")
    @WithDefault("400")
    int keypoints();

    @Setting(is = "longer side of the thumbnail kept of an image; 0: none", unit = "pixels", from = "0", to = "1024")
    @WithDefault("320")
    int thumbnailSide();
}
