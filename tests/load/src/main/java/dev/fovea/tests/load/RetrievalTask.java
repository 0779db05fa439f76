package dev.fovea.tests.load;

import dev.fovea.builder.evaluate.PlaceTruth;
import dev.fovea.builder.images.ImageFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Images to be found, and queries of which it is known what they should find.
///
/// @param stored files to be found
/// @param queries files; where they are among the stored, each is left out of its own answer
/// @param truth for each query, the indices of the stored files that show what it shows
/// @param words folder whose images a codebook is fitted to
/// @param depth results that are asked for
record RetrievalTask(
        String name, List<Path> stored, List<Path> queries, List<Set<Integer>> truth, Path words, int depth) {

    private static final int PLACES_DEPTH = 10;

    /// Queries of one pass through a building or a campus, references of another.
    ///
    /// @param truth as [PlaceTruth] reads it
    static RetrievalTask places(String name, Path queries, Path references, String truth, int limit)
            throws IOException {
        List<Path> stored = ImageFolder.files(references);
        List<Path> asked = ImageFolder.files(queries);
        List<Set<Integer>> all = PlaceTruth.read(truth, names(queries, asked), names(references, stored));
        int count = Math.min(limit, asked.size());
        return new RetrievalTask(
                name, stored, asked.subList(0, count), all.subList(0, count), references, PLACES_DEPTH);
    }

    /// Every image of a scene asks for the others of its scene, among all and as many distractors.
    ///
    /// @param scenes folders of images
    static RetrievalTask scenes(String name, Path scenes, List<Path> distractors, Path words, int limit)
            throws IOException {
        List<Path> stored = new ArrayList<>();
        List<Set<Integer>> truth = new ArrayList<>();
        for (Path scene : folders(scenes)) {
            List<Path> images = ImageFolder.files(scene).stream()
                    .filter(RetrievalTask::isImage)
                    .toList();
            Set<Integer> ofScene = IntStream.range(stored.size(), stored.size() + images.size())
                    .boxed()
                    .collect(Collectors.toSet());
            for (int image : new TreeSet<>(ofScene)) {
                Set<Integer> others = new TreeSet<>(ofScene);
                others.remove(image);
                truth.add(others);
            }
            stored.addAll(images);
        }
        int count = Math.min(limit, stored.size());
        List<Path> queries = List.copyOf(stored.subList(0, count));
        stored.addAll(distractors);
        return new RetrievalTask(
                scenes.getFileName().toString(), stored, queries, truth.subList(0, count), words, stored.size() - 1);
    }

    /// At most so many images, evenly chosen from folders and all below them.
    static List<Path> spread(int count, Path... folders) throws IOException {
        List<Path> all = new ArrayList<>();
        for (Path folder : folders) {
            ImageFolder.files(folder).stream().filter(RetrievalTask::isImage).forEach(all::add);
        }
        int wanted = Math.min(count, all.size());
        return IntStream.range(0, wanted)
                .mapToObj(i -> all.get((int) ((long) i * all.size() / wanted)))
                .toList();
    }

    private static List<Path> folders(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isDirectory).sorted().toList();
        }
    }

    private static boolean isImage(Path file) {
        return file.toString().matches("(?i).*\\.(jpe?g|png|bmp|webp|tiff?)");
    }

    private static List<String> names(Path folder, List<Path> files) {
        return files.stream().map(file -> folder.relativize(file).toString()).toList();
    }
}
