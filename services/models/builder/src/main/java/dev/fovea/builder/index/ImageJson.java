package dev.fovea.builder.index;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fovea.builder.index.metadata.MetadataText;
import dev.fovea.proto.v1.ModelIdentity;
import dev.fovea.proto.v1.StoredImage;
import java.util.TreeMap;

/// Stored images and models as JSON.
final class ImageJson {

    private ImageJson() {}

    /// Adds id, version, width, height and metadata.
    static void put(ObjectNode object, StoredImage image) {
        object.put("id", image.getId());
        object.put("version", image.getVersion());
        object.put("width", image.getImageWidth());
        object.put("height", image.getImageHeight());
        ObjectNode metadata = object.putObject("metadata");
        new TreeMap<>(image.getMetadataMap()).forEach((field, value) -> {
            if (value.hasNumber()) {
                metadata.put(field, value.getNumber());
            } else {
                metadata.put(field, MetadataText.of(value));
            }
        });
    }

    static void put(ObjectNode object, ModelIdentity model) {
        object.put("name", model.getName());
        object.put("version", model.getVersion());
        object.put("digest", model.getDigest());
    }

    /// `gem@1`; a dash where there is no model.
    static String name(ModelIdentity model) {
        return model.getName().isEmpty() ? "-" : model.getName() + "@" + model.getVersion();
    }
}
