package dev.fovea.builder.evaluate.patches;

import dev.fovea.imaging.patch.Homography;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Images of one plane, with the true homographies from the first to each other.
///
/// On disk a folder with `img1.png` (or `1.png`, or another image format) and so on, and for image `n` a text
/// file `H1tonp` (Mikolajczyk's layout) or `H_1_n` (HPatches') with nine numbers, row major, that map pixels
/// of image 1 to pixels of image `n`.
///
/// @param images the reference first
/// @param maps from the reference to each of the others, in their order
record ImageSequence(String name, List<Path> images, List<Homography> maps) {

    private static final Pattern IMAGE = Pattern.compile("(?:img)?([1-9][0-9]*)\\.(png|jpe?g|webp|tiff?|bmp|gif)");
    private static final Pattern MAP = Pattern.compile("H1to([1-9][0-9]*)p|H_1_([1-9][0-9]*)");
    private static final int ELEMENTS = 9;

    ImageSequence {
        images = List.copyOf(images);
        maps = List.copyOf(maps);
    }

    /// The sequences in a folder: itself, or those of its folders that are sequences, by name.
    ///
    /// @throws IOException if there are none, or one is incomplete, naming the file
    static List<ImageSequence> in(Path folder) throws IOException {
        if (isSequence(folder)) {
            return List.of(read(folder));
        }
        List<ImageSequence> found = new ArrayList<>();
        for (Path inside : entries(folder)) {
            if (Files.isDirectory(inside) && isSequence(inside)) {
                found.add(read(inside));
            }
        }
        if (found.isEmpty()) {
            throw new IOException(
                    folder + " is no image sequence and holds none: a sequence is a folder with img1.png, "
                            + "img2.png, ... and H1to2p, ...");
        }
        return found;
    }

    private static boolean isSequence(Path folder) throws IOException {
        return entries(folder).stream().anyMatch(file -> MAP.matcher(String.valueOf(file.getFileName()))
                .matches());
    }

    private static ImageSequence read(Path folder) throws IOException {
        var images = new TreeMap<Integer, Path>();
        var maps = new TreeMap<Integer, Path>();
        for (Path file : entries(folder)) {
            String name = String.valueOf(file.getFileName());
            Matcher image = IMAGE.matcher(name);
            Matcher map = MAP.matcher(name);
            if (image.matches()) {
                images.put(Integer.parseInt(image.group(1)), file);
            } else if (map.matches()) {
                maps.put(Integer.parseInt(map.group(1) == null ? map.group(2) : map.group(1)), file);
            }
        }
        List<Path> views = new ArrayList<>();
        List<Homography> homographies = new ArrayList<>();
        views.add(view(images, 1, folder));
        for (var map : maps.entrySet()) {
            views.add(view(images, map.getKey(), folder));
            homographies.add(homography(map.getValue()));
        }
        return new ImageSequence(String.valueOf(folder.getFileName()), views, homographies);
    }

    private static Path view(TreeMap<Integer, Path> images, int number, Path folder) throws IOException {
        Path image = images.get(number);
        if (image == null) {
            throw new IOException("sequence " + folder + " has no image " + number + ": img" + number + ".png");
        }
        return image;
    }

    private static Homography homography(Path file) throws IOException {
        try {
            double[] elements = Arrays.stream(Files.readString(file).strip().split("\\s+"))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            if (elements.length != ELEMENTS) {
                throw new IOException(file + " holds " + elements.length + " numbers, expected are 9, row by row");
            }
            return Homography.of(elements);
        } catch (IllegalArgumentException wrong) {
            throw new IOException(file + " is no homography: " + wrong.getMessage(), wrong);
        }
    }

    private static List<Path> entries(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException(folder + " is not a folder");
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        }
    }
}
