package dev.fovea.builder.images;

import java.nio.file.Path;
import java.util.List;

/// Image files with their classes.
///
/// @param labels the class of each file, an index into `names`
/// @param names of the classes
public record LabelledImages(List<Path> files, List<Integer> labels, List<String> names) {

    public LabelledImages {
        files = List.copyOf(files);
        labels = List.copyOf(labels);
        names = List.copyOf(names);
        if (files.size() != labels.size()) {
            throw new IllegalArgumentException(files.size() + " files with " + labels.size() + " labels");
        }
    }
}
