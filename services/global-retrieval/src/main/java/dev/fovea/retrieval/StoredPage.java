package dev.fovea.retrieval;

import java.util.List;
import java.util.Optional;

/// A part of all stored images, in the order of their ids.
///
/// @param next where to go on; empty after the last page
public record StoredPage(List<StoredImage> images, Optional<String> next) {
    public StoredPage {
        images = List.copyOf(images);
    }
}
