package dev.fovea.architectures.weights.file;

import dev.fovea.architectures.weights.bytes.ByteReader;
import dev.fovea.architectures.weights.bytes.FileBytes;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The formats of weight files, told apart by how the files begin.
enum FileFormat {
    TORCH_ZIP,
    TORCH_LEGACY,
    SAFETENSORS,
    ONNX;

    private static final long MAX_FILE = 64L << 30;
    private static final int HEAD = 264;
    /// Where a tar archive says so.
    private static final int TAR_AT = 257;
    /// How PyTorch's magic number begins as a pickle of protocol 1.
    private static final String TEXT_MAGIC = "L1195470371";
    /// The tag of an ONNX file's first field, its format version, which is below 32.
    private static final int ONNX_TAG = 8;

    /// @throws dev.fovea.architectures.weights.WeightsException if it is none of them
    static FileFormat of(FileBytes file) {
        if (file.size() > MAX_FILE) {
            throw file.error("is " + file.size() + " bytes long, at most " + MAX_FILE + " are read");
        }
        String head;
        try (ByteReader in = ByteReader.open(file, 0)) {
            head = new String(in.bytes((int) Math.min(HEAD, file.size())), StandardCharsets.ISO_8859_1);
        }
        if (head.startsWith("ustar", TAR_AT)) {
            throw file.error("is a tar archive, as PyTorch saved before 0.1.10; load and save it with a newer PyTorch");
        }
        return recognise(head)
                .orElseThrow(() -> file.error(
                        "is no weight file known here: PyTorch (zip or legacy), safetensors and ONNX are read"));
    }

    private static Optional<FileFormat> recognise(String head) {
        if (head.startsWith("PK\3\4") || head.startsWith("PK\5\6")) {
            return Optional.of(TORCH_ZIP);
        }
        if (head.length() > 8 && head.charAt(8) == '{') {
            return Optional.of(SAFETENSORS);
        }
        if (head.startsWith("\u0080") || head.startsWith(TEXT_MAGIC)) {
            return Optional.of(TORCH_LEGACY);
        }
        return head.length() > 1 && head.charAt(0) == ONNX_TAG && head.charAt(1) < ' '
                ? Optional.of(ONNX)
                : Optional.empty();
    }

    FileContent read(FileBytes file, Optional<String> entry) {
        if (entry.isPresent() && this != TORCH_ZIP && this != TORCH_LEGACY) {
            throw file.error("is " + this + " and has no entry \"" + entry.get() + "\" to choose");
        }
        return switch (this) {
            case TORCH_ZIP -> TorchZip.read(file, entry);
            case TORCH_LEGACY -> TorchLegacy.read(file, entry);
            case SAFETENSORS -> Safetensors.read(file);
            case ONNX -> OnnxTensors.read(file);
        };
    }
}
