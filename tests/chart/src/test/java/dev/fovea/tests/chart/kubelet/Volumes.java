package dev.fovea.tests.chart.kubelet;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fovea.tests.chart.render.Document;
import dev.fovea.tests.chart.render.Rendering;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// The volumes of one pod as folders, files of Secrets and ConfigMaps laid out as a kubelet lays them: links through
/// `..data`, which is what a service sees change when they are rotated.
final class Volumes {

    private final Path folder;
    private final Path claims;
    private final Rendering rendering;
    private final Outside outside;
    private final Map<String, Path> byName = new HashMap<>();

    /// @param folder of the pod
    /// @param claims where volumes that outlive a pod are, by claim
    Volumes(Path folder, Path claims, Rendering rendering, Outside outside) {
        this.folder = folder;
        this.claims = claims;
        this.rendering = rendering;
        this.outside = outside;
    }

    void make(JsonNode volume) throws IOException {
        String name = volume.path("name").asText();
        byName.put(name, content(name, volume));
    }

    /// @param template of a claim that every pod of a StatefulSet has its own of
    void makeClaimed(JsonNode template, String pod) throws IOException {
        String name = template.at("/metadata/name").asText();
        byName.put(name, claim(name + "-" + pod));
    }

    /// The folder behind a mount.
    Path of(JsonNode mount) {
        Path volume = byName.get(mount.path("name").asText());
        if (volume == null) {
            throw new IllegalStateException("no volume for the mount " + mount);
        }
        return volume.resolve(mount.path("subPath").asText());
    }

    private Path content(String name, JsonNode volume) throws IOException {
        Path own = folder.resolve(name);
        if (volume.has("configMap")) {
            return written(own, configMap(volume.get("configMap")));
        }
        if (volume.has("secret")) {
            return written(own, secret(volume.get("secret")));
        }
        if (volume.has("persistentVolumeClaim")) {
            JsonNode claim = volume.get("persistentVolumeClaim");
            return claim(claim.path("claimName").asText());
        }
        if (volume.has("image")) {
            return image(volume.get("image").path("reference").asText());
        }
        return Files.createDirectories(own);
    }

    private Path image(String reference) {
        if (!reference.contains(Outside.MODEL_IMAGE)) {
            throw new IllegalStateException("no image " + reference);
        }
        return outside.modelImage();
    }

    private Path claim(String name) throws IOException {
        return Files.createDirectories(claims.resolve(name));
    }

    private Map<String, String> configMap(JsonNode volume) {
        String name = volume.path("name").asText();
        Document map =
                rendering.find("ConfigMap", name).orElseThrow(() -> new IllegalStateException("no ConfigMap " + name));
        Map<String, String> files = new HashMap<>();
        map.at("/data")
                .properties()
                .forEach(entry -> files.put(entry.getKey(), entry.getValue().asText()));
        return files;
    }

    private Map<String, String> secret(JsonNode volume) {
        String name = volume.path("secretName").asText();
        if (!volume.has("items")) {
            return outside.secret(name);
        }
        Map<String, String> files = new HashMap<>();
        for (JsonNode item : volume.path("items")) {
            files.put(
                    item.path("path").asText(),
                    outside.secret(name, item.path("key").asText()));
        }
        return files;
    }

    private static Path written(Path folder, Map<String, String> files) throws IOException {
        Path version = Files.createDirectories(folder.resolve("..2026_11_21_10_00_00.1"));
        Files.createSymbolicLink(folder.resolve("..data"), version.getFileName());
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(version.resolve(file.getKey()), file.getValue());
            Files.createSymbolicLink(folder.resolve(file.getKey()), Path.of("..data", file.getKey()));
        }
        return folder;
    }
}
