package dev.fovea.local;

import java.util.Map;
import java.util.Optional;

/// The classes of images that are known without asking a model.
///
/// @param classes by the image's key
/// @param source who says so, for the total: `as rendered`
record Truths(Map<String, String> classes, String source) {

    static final Truths NONE = new Truths(Map.of(), "");

    Truths {
        classes = Map.copyOf(classes);
    }

    Optional<String> of(String imageKey) {
        return Optional.ofNullable(classes.get(imageKey));
    }
}
