package dev.fovea.tests.chart.kubelet;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A folder in place of a container's root: mounts are links in it, and every path of the container that leads to one
/// is rewritten wherever it is written.
///
/// A path counts where no other path or name goes before it, so `https://models/x` is left alone.
final class Sandbox {

    private final Path root;
    private final Set<Path> mounts = new TreeSet<>();
    private final Set<String> prefixes = new TreeSet<>(Comparator.reverseOrder()); // longer before shorter
    private final Map<String, String> addresses = new TreeMap<>(Comparator.reverseOrder());

    Sandbox(Path root) throws IOException {
        this.root = Files.createDirectories(root);
    }

    /// Links a folder to where the container has it.
    void mount(String path, Path folder) throws IOException {
        Path link = at(path);
        Files.createDirectories(link.resolveSibling("."));
        Files.createSymbolicLink(link, folder.toAbsolutePath());
        mounts.add(link);
        prefixes.add(path);
        Optional.ofNullable(Path.of(path).getParent())
                .filter(parent -> parent.getNameCount() > 1)
                .ifPresent(parent -> prefixes.add(parent.toString()));
    }

    void mounts(JsonNode list, Volumes volumes) throws IOException {
        for (JsonNode mount : list) {
            mount(mount.path("mountPath").asText(), volumes.of(mount));
        }
    }

    /// From now on `address` is written as `local`: names of the cluster mean nothing here.
    void resolve(String address, String local) {
        addresses.put(address, local);
    }

    /// Where a path of the container is on this machine.
    Path at(String path) {
        return root.resolve(Path.of("/").relativize(Path.of(path)));
    }

    /// The same text with this machine's paths and addresses.
    String translated(String text) {
        String located = prefixes.isEmpty() ? text : pattern().matcher(text).replaceAll(this::located);
        for (Map.Entry<String, String> address : addresses.entrySet()) {
            located = located.replace(address.getKey(), address.getValue());
        }
        return located;
    }

    /// Files that the processes of the container left beside its mounts, where the root of the file system would have
    /// refused them.
    Set<Path> strays() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
                    .filter(file -> !mounts.contains(file))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private String located(java.util.regex.MatchResult path) {
        return Matcher.quoteReplacement(at(path.group()).toString());
    }

    private Pattern pattern() {
        String alternatives = prefixes.stream().map(Pattern::quote).collect(Collectors.joining("|"));
        return Pattern.compile("(?<![\\w./-])(?:" + alternatives + ")(?![\\w-])");
    }
}
