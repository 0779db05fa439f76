package dev.fovea.builder.index;

import dev.fovea.builder.index.metadata.DeclaredFields;
import dev.fovea.proto.v1.Collection;
import dev.fovea.proto.v1.FieldType;
import dev.fovea.proto.v1.ModelIdentity;
import java.io.IOException;
import java.util.Map;

/// Whether images of one collection have their meaning in another.
final class Likeness {

    private Likeness() {}

    /// @param name of the source, for messages
    /// @param force whether embeddings of another model are accepted
    /// @throws IOException if the target has another dimension, lacks a field or declares it otherwise, or, unless
    ///     forced, has another model or another model of local descriptors
    static void require(Collection source, String name, Collection target, boolean force) throws IOException {
        if (source.getDimension() != target.getDimension()) {
            throw new IOException(name + " has " + source.getDimension() + " dimensions, but collection "
                    + target.getName() + " has " + target.getDimension());
        }
        requireFields(source, name, target);
        if (force) {
            return;
        }
        requireModel(source.getModel(), name, target.getModel(), target.getName(), "");
        boolean both = source.hasLocalModel() && target.hasLocalModel();
        if (both) {
            requireModel(
                    source.getLocalModel(), name, target.getLocalModel(), target.getName(), " for local descriptors");
        }
    }

    private static void requireModel(
            ModelIdentity source, String name, ModelIdentity target, String collection, String purpose)
            throws IOException {
        if (!source.getDigest().equals(target.getDigest())) {
            throw new IOException(name + " was made with " + described(source) + purpose + ", but collection "
                    + collection + " has " + described(target) + "; scores between them mean nothing (--force)");
        }
    }

    private static String described(ModelIdentity model) {
        return ImageJson.name(model) + " (" + model.getDigest() + ")";
    }

    private static void requireFields(Collection source, String name, Collection target) throws IOException {
        var declared = DeclaredFields.of(target);
        for (Map.Entry<String, FieldType> field :
                DeclaredFields.of(source).types().entrySet()) {
            if (target.getFieldsMap().get(field.getKey()) != field.getValue()) {
                throw new IOException(name + " has the field \"" + field.getKey() + "\" ("
                        + DeclaredFields.word(field.getValue()) + "), but collection " + target.getName()
                        + " declares " + declared.described());
            }
        }
    }
}
