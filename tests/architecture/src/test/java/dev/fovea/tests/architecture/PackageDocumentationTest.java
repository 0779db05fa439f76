package dev.fovea.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.tests.support.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What is read from the sources because class files do not carry it.
class PackageDocumentationTest {

    @Test
    void everyPackageSaysWhatItIsAndWhatItIsNot() throws IOException {
        List<Path> undocumented = packages().stream()
                .filter(folder -> !documented(folder.resolve("package-info.java")))
                .toList();

        assertThat(undocumented)
                .as("packages without a documented, @NullMarked package-info")
                .isEmpty();
    }

    @Test
    void noPackageLiesInTwoModules() throws IOException {
        Map<Path, List<Path>> modules = packages().stream()
                .collect(Collectors.groupingBy(
                        folder -> sources(folder).relativize(folder),
                        Collectors.mapping(folder -> folder, Collectors.toList())));

        assertThat(modules.values()).allSatisfy(folders -> assertThat(folders).hasSize(1));
    }

    @Test
    void noFileIsLongerThanThreeHundredLines() throws IOException {
        assertThat(sourceFiles()).isNotEmpty().allSatisfy(file -> assertThat(Files.readAllLines(file))
                .as(file.toString())
                .hasSizeLessThanOrEqualTo(300));
    }

    private static boolean documented(Path packageInfo) {
        try {
            String text = Files.exists(packageInfo) ? Files.readString(packageInfo) : "";
            return text.startsWith("///") && text.contains("@NullMarked");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<Path> packages() throws IOException {
        return sourceFiles().stream().map(Path::getParent).distinct().toList();
    }

    private static List<Path> sourceFiles() throws IOException {
        try (Stream<Path> files = Files.walk(Checkout.root())) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> file.toString().contains("/src/main/java/"))
                    .toList();
        }
    }

    private static Path sources(Path folder) {
        String marker = "/src/main/java";
        String path = folder.toString();
        return Path.of(path.substring(0, path.indexOf(marker) + marker.length()));
    }
}
