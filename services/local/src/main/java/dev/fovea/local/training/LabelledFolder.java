package dev.fovea.local.training;

import dev.fovea.builder.images.ImageFolder;
import dev.fovea.builder.images.LabelledImages;
import dev.fovea.builder.numbers.Split;
import dev.fovea.local.scene.TrainingTextures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// A folder of images to learn from, a sub-folder for each class, and the model that is made of it.
///
/// @param model its name: another content of the folder is another model
/// @param version of that model
public record LabelledFolder(Path folder, String model, int version) {

    /// What `fovea fit head` takes unless told otherwise; said to it, because [#heldOut()] depends on it.
    static final double SHARE = 0.8;

    static final long SEED = 1;

    private static final int DIGEST_CHARACTERS = 8;
    private static final int MOST_OF_THE_NAME = 40;

    /// The textures that the program renders, one version of the model for each recipe.
    ///
    /// @param folder ends up in the model's provenance, so its name says what it holds
    public static LabelledFolder demonstration(Path folder) {
        return new LabelledFolder(folder, "demo-textures", TrainingTextures.RECIPE);
    }

    /// A folder of the user's.
    ///
    /// @throws IOException if it has fewer than two sub-folders, one of them holds no file, or it cannot be read
    public static LabelledFolder of(Path folder) throws IOException {
        Path named = folder.toAbsolutePath().normalize();
        LabelledImages images = ImageFolder.labelled(named);
        String title = String.valueOf(named.getFileName()).toLowerCase(Locale.ROOT);
        String slug = title.replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        String name =
                slug.substring(0, Math.min(slug.length(), MOST_OF_THE_NAME)).replaceAll("-$", "");
        return new LabelledFolder(named, (name.isEmpty() ? "labels" : name) + "-" + digest(named, images), 1);
    }

    /// The images that the model is measured on and never saw, with their classes, in name order.
    ///
    /// @return classes by path below the folder, with `/` on every system
    public Map<String, String> heldOut() throws IOException {
        LabelledImages images = ImageFolder.labelled(folder);
        int[] labels = images.labels().stream().mapToInt(Integer::intValue).toArray();
        Map<String, String> classes = new LinkedHashMap<>();
        for (int file : Split.stratified(labels, SHARE, SEED).heldOutRows()) {
            classes.put(key(folder, images.files().get(file)), images.names().get(labels[file]));
        }
        return classes;
    }

    /// Of names, sizes and times of the files, as rsync tells changed files: reading them all would take as long as
    /// fitting to them.
    private static String digest(Path folder, LabelledImages images) throws IOException {
        MessageDigest digest = sha256();
        for (Path file : images.files()) {
            String line = key(folder, file) + "\t" + Files.size(file) + "\t"
                    + Files.getLastModifiedTime(file).toMillis() + "\n";
            digest.update(line.getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(digest.digest()).substring(0, DIGEST_CHARACTERS);
    }

    private static String key(Path folder, Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible); // every Java has it
        }
    }
}
