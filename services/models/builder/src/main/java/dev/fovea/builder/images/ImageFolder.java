package dev.fovea.builder.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The files of a folder, in an order that depends on nothing but their names.
///
/// Entries whose name starts with a dot are ignored, here and below.
public final class ImageFolder {

    private ImageFolder() {}

    /// Every file in the folder and below it, sorted by path.
    ///
    /// @throws IOException if the folder does not exist, cannot be read or holds no file, naming it
    public static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException(folder + " is not a folder");
        }
        List<Path> files = below(folder);
        if (files.isEmpty()) {
            throw new IOException("folder " + folder + " holds no file");
        }
        return files;
    }

    /// The files of each sub-folder, which names their class; files beside the sub-folders are ignored.
    ///
    /// @throws IOException if there are fewer than two sub-folders, or one holds no file, naming it
    public static LabelledImages labelled(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException(folder + " is not a folder");
        }
        List<Path> classes =
                visible(folder).stream().filter(Files::isDirectory).sorted().toList();
        if (classes.size() < 2) {
            throw new IOException("folder " + folder + " has " + classes.size()
                    + " sub-folders; at least 2 are needed, one for each class, named after it");
        }
        List<Path> files = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        for (int label = 0; label < classes.size(); label++) {
            for (Path file : files(classes.get(label))) {
                files.add(file);
                labels.add(label);
            }
        }
        return new LabelledImages(
                files, labels, classes.stream().map(ImageFolder::name).toList());
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }

    private static List<Path> below(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path entry : visible(folder)) {
            if (Files.isDirectory(entry)) {
                files.addAll(below(entry));
            } else {
                files.add(entry);
            }
        }
        return files.stream().sorted().toList();
    }

    private static List<Path> visible(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> !name(entry).startsWith(".")).toList();
        }
    }
}
