package dev.fovea.lucene;

import dev.fovea.vectorindex.IndexRefused;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/// What a backup holds: the lines of its [IndexFormat], and a line `file.PATH = BYTES SHA256` a file.
record BackupManifest(IndexFormat format, Map<String, BackupFile> files) {

    private static final String NAME = "backup.properties";
    private static final String FILE = "file.";

    BackupManifest {
        files = new TreeMap<>(files);
    }

    Backup describe(Path folder) {
        return new Backup(
                folder,
                format.spec().name(),
                files.size(),
                files.values().stream().mapToLong(BackupFile::bytes).sum());
    }

    void write(Path backup) throws IOException {
        Map<String, String> lines = new LinkedHashMap<>();
        files.forEach((path, file) -> lines.put(FILE + path, file.bytes() + " " + file.sha256()));
        DurableFiles.write(backup.resolve(NAME), format.toText() + PropertyText.write(lines));
    }

    /// @throws IndexRefused if there is none, or it names files elsewhere
    static BackupManifest read(Path backup) throws IOException {
        Path manifest = backup.resolve(NAME);
        if (!Files.exists(manifest)) {
            throw new IndexRefused(
                    manifest + " is missing: the folder is no backup, or its backup was interrupted; use another one");
        }
        String text = Files.readString(manifest);
        var properties = new Properties();
        properties.load(new StringReader(text));
        Map<String, BackupFile> files = new TreeMap<>();
        for (String key : properties.stringPropertyNames()) {
            if (key.startsWith(FILE)) {
                String path = key.substring(FILE.length());
                files.put(inside(path, manifest), file(properties.getProperty(key), manifest));
            }
        }
        return new BackupManifest(IndexFormat.parse(text, manifest), files);
    }

    private static String inside(String path, Path manifest) {
        Path normal = Path.of(path).normalize();
        if (normal.isAbsolute() || normal.startsWith("..") || !normal.toString().equals(path)) {
            throw new IndexRefused(manifest + " names a file outside of the backup: " + path);
        }
        return path;
    }

    private static BackupFile file(String line, Path manifest) {
        String[] parts = line.split(" ", -1);
        if (parts.length != 2 || !parts[0].matches("\\d{1,18}")) {
            throw new IndexRefused(manifest + " is damaged at: " + line);
        }
        return new BackupFile(Long.parseLong(parts[0]), parts[1]);
    }
}
