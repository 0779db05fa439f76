package dev.fovea.builder.index;

import dev.fovea.builder.images.ImageFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The images of a folder and below it, told by their names.
///
/// @param images files whose name ends as an image's does, or has no ending
/// @param others how many files have another ending
record FolderImages(Path folder, List<Path> images, int others) {

    private static final Set<String> ENDINGS =
            Set.of("jpg", "jpeg", "jpe", "jfif", "png", "webp", "tif", "tiff", "bmp", "gif");

    FolderImages {
        images = List.copyOf(images);
    }

    /// @throws IOException if the folder does not exist, cannot be read or holds no image
    static FolderImages of(Path folder) throws IOException {
        List<Path> files = ImageFolder.files(folder);
        List<Path> images = files.stream().filter(FolderImages::isImage).toList();
        if (images.isEmpty()) {
            throw new IOException("folder " + folder + " holds no image among " + files.size() + " files");
        }
        return new FolderImages(folder, images, files.size() - images.size());
    }

    /// The path below the folder, with `/`.
    String name(Path image) {
        return folder.relativize(image).toString().replace('\\', '/');
    }

    private static boolean isImage(Path file) {
        String name = String.valueOf(file.getFileName());
        int point = name.lastIndexOf('.');
        return point < 0 || ENDINGS.contains(name.substring(point + 1).toLowerCase(Locale.ROOT));
    }
}
