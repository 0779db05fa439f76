package dev.fovea.local;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// The images below a folder, in name order, and the files that are none.
///
/// @param skipped one line a file: its path below the folder, and why
record ImageFolder(List<ImageFile> images, List<String> skipped) {

    /// What the service reads. The same as the service's own limit, so that the broker can carry every file.
    private static final long MAX_BYTES = 16L << 20;

    private static final Map<String, String> CONTENT_TYPES = Map.of(
            "jpg", "image/jpeg",
            "jpeg", "image/jpeg",
            "png", "image/png",
            "webp", "image/webp",
            "tif", "image/tiff",
            "tiff", "image/tiff",
            "bmp", "image/bmp",
            "gif", "image/gif");

    ImageFolder {
        images = List.copyOf(images);
        skipped = List.copyOf(skipped);
    }

    /// Looks through the folder and all folders below it; hidden files and folders are passed over in silence.
    ///
    /// @throws IOException if it is no folder or cannot be read
    static ImageFolder scan(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException(folder + (Files.exists(folder) ? " is not a folder" : " does not exist"));
        }
        List<ImageFile> images = new ArrayList<>();
        List<String> skipped = new ArrayList<>();
        for (Path file : files(folder)) {
            String key = key(folder, file);
            String contentType = CONTENT_TYPES.get(extension(key));
            if (contentType == null) {
                skipped.add(key + " (no image by its name)");
            } else if (!Files.isReadable(file)) {
                skipped.add(key + " (not readable)");
            } else if (Files.size(file) > MAX_BYTES) {
                skipped.add(key + " (" + Files.size(file) + " bytes, above the limit of " + MAX_BYTES + ")");
            } else {
                images.add(new ImageFile(file, key, contentType));
            }
        }
        return new ImageFolder(images, skipped);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> found = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            return found.filter(Files::isRegularFile)
                    .filter(file -> !("/" + key(folder, file)).contains("/."))
                    .sorted(Comparator.comparing(file -> key(folder, file)))
                    .toList();
        }
    }

    private static String key(Path folder, Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
    }

    private static String extension(String key) {
        return key.substring(key.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
