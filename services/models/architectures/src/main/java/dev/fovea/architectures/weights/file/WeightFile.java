package dev.fovea.architectures.weights.file;

import dev.fovea.architectures.weights.WeightOrigin;
import dev.fovea.architectures.weights.WeightSource;
import dev.fovea.architectures.weights.WeightTensor;
import dev.fovea.architectures.weights.WeightsException;
import dev.fovea.architectures.weights.bytes.ByteReader;
import dev.fovea.architectures.weights.bytes.FileBytes;
import dev.fovea.repository.Provenance;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A file of weights: PyTorch (zip or legacy), safetensors or ONNX, recognised by its content.
///
/// Guarantees: nothing in the file is run; whatever the file holds, the answer is tensors or a
/// [WeightsException]; no memory is taken for a size that the file only declares. Numbers are read when a
/// tensor is asked for them, and refused if the file has changed by then. Nothing has to be closed.
public final class WeightFile implements WeightSource {

    /// The key in a safetensors file's metadata that says how its numbers came to be, a [Provenance.Kind].
    public static final String KIND_KEY = "fovea.kind";

    private static final int CHUNK = 64 << 10;

    private final WeightOrigin origin;
    private final FileContent content;

    private WeightFile(WeightOrigin origin, FileContent content) {
        this.origin = origin;
        this.content = content;
    }

    /// @throws WeightsException naming the file, if it cannot be read as weights
    public static WeightFile open(Path file) {
        return open(file, WeightFileOptions.DEFAULT);
    }

    /// @throws WeightsException naming the file, if it cannot be read as weights
    public static WeightFile open(Path file, WeightFileOptions options) {
        FileBytes bytes = FileBytes.of(file);
        FileContent content = FileFormat.of(bytes).read(bytes, options.entry());
        if (content.tensors().isEmpty()) {
            throw bytes.error("holds no tensors");
        }
        var origin = new WeightOrigin(
                options.kind().orElseGet(() -> kind(bytes, content)),
                bytes.subject(),
                Optional.of(sha256(bytes)),
                options.licence());
        return new WeightFile(origin, content);
    }

    private static Provenance.Kind kind(FileBytes file, FileContent content) {
        String said = content.metadata().getOrDefault(KIND_KEY, Provenance.Kind.TRAINED.name());
        return Arrays.stream(Provenance.Kind.values())
                .filter(kind -> kind.name().equals(said))
                .findFirst()
                .orElseThrow(() -> file.error("its metadata says " + KIND_KEY + " = \"" + said + "\", which is none of "
                        + Arrays.toString(Provenance.Kind.values())));
    }

    private static String sha256(FileBytes file) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
        byte[] chunk = new byte[(int) Math.min(CHUNK, file.size())];
        try (ByteReader in = ByteReader.open(file, 0)) {
            while (in.remaining() > 0) {
                int part = (int) Math.min(chunk.length, in.remaining());
                in.read(chunk, part);
                digest.update(chunk, 0, part);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public WeightOrigin origin() {
        return origin;
    }

    /// Sorted.
    @Override
    public Set<String> names() {
        return content.tensors().keySet();
    }

    @Override
    public Optional<WeightTensor> find(String name, long... sizes) {
        return Optional.ofNullable(content.tensors().get(name));
    }

    /// For a person: `PyTorch zip`.
    public String format() {
        return content.format();
    }

    /// Texts that the file carries beside its tensors; only safetensors has them.
    public Map<String, String> metadata() {
        return content.metadata();
    }

    /// What was chosen in the file and taken off its names, one sentence each; empty if nothing was.
    public List<String> notes() {
        return content.notes();
    }
}
