import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Sorts a program into the layers of an image: `java Parts.java PROGRAM PARTS`.
///
/// PROGRAM is a jar or a `quarkus-app` folder. Below PARTS come `onnxruntime` and `natives` with the native libraries
/// of this processor, `libraries` with other people's jars, whose natives are taken out, and `application` with the
/// rest. Nothing is extracted when the program starts, so its temporary folder need not be executable.
public final class Parts {

    private static final Pattern NATIVE =
            Pattern.compile(".*\\.(so(\\.\\d+)*|dylib|dll|jnilib)|.*\\.dSYM/.*|org/bytedeco/.*/(include|lib|python|share)/.*");

    private final Path parts;
    private final Pattern mine;
    private final boolean service;

    private Parts(Path parts, String names, boolean service) {
        this.parts = parts;
        this.service = service;
        this.mine = Pattern.compile("(?i)(.*/)?linux[-/](" + names + ")/([^/]+)");
    }

    public static void main(String[] arguments) throws IOException {
        Path program = Path.of(arguments[0]);
        Path parts = Path.of(arguments[1]);
        new Parts(parts, names(System.getProperty("os.arch")), Files.isDirectory(program)).sort(program);
    }

    /// What libraries call a processor.
    private static String names(String processor) {
        return switch (processor) {
            case "amd64" -> "x64|x86_64|amd64";
            case "aarch64" -> "aarch64|arm64";
            default -> throw new IllegalArgumentException("no natives for " + processor + ": amd64 or aarch64");
        };
    }

    private void sort(Path program) throws IOException {
        if (!service) {
            rewrite(program, parts.resolve("application").resolve(program.getFileName()));
            return;
        }
        List<Path> files;
        try (Stream<Path> all = Files.walk(program)) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            Path inside = program.relativize(file);
            boolean foreign = inside.startsWith("lib") && !file.getFileName().toString().startsWith("dev.fovea.");
            if (foreign) {
                rewrite(file, parts.resolve("libraries").resolve(inside));
            } else {
                copy(file, parts.resolve("application").resolve(inside));
            }
        }
    }

    /// Copies a jar without natives, its entries in their order and with their times.
    private void rewrite(Path jar, Path target) throws IOException {
        try (JarFile from = new JarFile(jar.toFile())) {
            if (from.stream().noneMatch(entry -> NATIVE.matcher(entry.getName()).matches())) {
                copy(jar, target);
                return;
            }
            Files.createDirectories(target.getParent());
            try (OutputStream file = Files.newOutputStream(target);
                    JarOutputStream to = new JarOutputStream(file)) {
                for (JarEntry entry : from.stream().toList()) {
                    if (NATIVE.matcher(entry.getName()).matches()) {
                        extract(from, entry);
                    } else {
                        JarEntry same = new JarEntry(entry.getName());
                        same.setTime(entry.getTime());
                        to.putNextEntry(same);
                        from.getInputStream(entry).transferTo(to);
                    }
                }
            }
        }
    }

    private void extract(JarFile from, JarEntry entry) throws IOException {
        var place = mine.matcher(entry.getName());
        if (place.matches() && !unused(place.group(3))) {
            boolean runtime = entry.getName().startsWith("ai/onnxruntime/");
            Path folder = Files.createDirectories(parts.resolve(runtime ? "onnxruntime" : "natives"));
            Path library = folder.resolve(placed(place.group(3)));
            Files.copy(from.getInputStream(entry), library, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /// JavaCPP's bindings of OpenCV's modules, which nothing calls; windows on a desktop; and LAPACK, which only the
    /// command line calls.
    private boolean unused(String library) {
        return library.startsWith("libjniopencv_")
                || library.startsWith("libopencv_highgui")
                || library.equals("libjniopenblas_full.so")
                || library.equals("libjniopenblas.so") && service;
    }

    /// JavaCPP loads OpenBLAS by another name, and would write a copy of that name into its cache at every start.
    private static String placed(String library) {
        return library.equals("libopenblas.so.0") ? "libopenblas_nolapack.so.0" : library;
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
}
