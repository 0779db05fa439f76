package dev.fovea.onnxruntime;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Turns what ONNX Runtime says when a provider cannot start into what is missing and how to supply it.
final class ProviderFailure {

    private static final Pattern MISSING_LIBRARY = Pattern.compile(
            "(lib[\\w.+-]+\\.so[\\w.]*|[\\w.+-]+\\.dll)(?:: cannot open shared object file|\" which is missing)");
    private static final Pattern MISSING_VERSION = Pattern.compile("version `([^']+)' not found");
    private static final Pattern CUDA_FAILURE = Pattern.compile("CUDA failure (\\d+)");

    private ProviderFailure() {}

    /// One sentence or two for the operator, ending in ONNX Runtime's own words.
    ///
    /// @param runtimeVersion of the ONNX Runtime classes in use, whose natives must have the same version
    static String explain(String provider, String message, String runtimeVersion) {
        return "execution provider " + provider + " cannot start: " + reason(provider, message, runtimeVersion)
                + " ONNX Runtime says: " + firstLine(message);
    }

    private static String reason(String provider, String message, String runtimeVersion) {
        Matcher library = MISSING_LIBRARY.matcher(message);
        if (library.find()) {
            return library.group(1) + " is missing: " + supplier(library.group(1))
                    + " and put its folder on LD_LIBRARY_PATH.";
        }
        Matcher version = MISSING_VERSION.matcher(message);
        if (version.find()) {
            return "the system's library is too old, " + version.group(1) + " is needed.";
        }
        Matcher failure = CUDA_FAILURE.matcher(message);
        if (failure.find()) {
            return device(failure.group(1));
        }
        if (message.contains("Failed to find") || message.contains("not enabled in this build")) {
            return "the ONNX Runtime natives in use have no " + provider + " provider; give those of the GPU build, "
                    + "version " + runtimeVersion + ", by -Donnxruntime.native.path=FOLDER (libonnxruntime.so, "
                    + "libonnxruntime4j_jni.so, libonnxruntime_providers_shared.so and "
                    + "libonnxruntime_providers_" + provider + ".so).";
        }
        if (message.contains("Failed to load shared library")) {
            return "libonnxruntime_providers_" + provider + ".so or a library it needs cannot be loaded; "
                    + "\"ldd\" on it names the missing one.";
        }
        return "the reason is not one that Fovea knows.";
    }

    private static String supplier(String library) {
        if (library.startsWith("libcuda.so")) {
            return "install the NVIDIA driver (in a container: run it with the NVIDIA runtime)";
        }
        if (library.startsWith("libcudnn")) {
            return "install cuDNN" + majorOf(library);
        }
        if (library.startsWith("libnvinfer") || library.startsWith("libnvonnxparser")) {
            return "install TensorRT" + majorOf(library);
        }
        if (library.startsWith("libonnxruntime_providers")) {
            return "copy it from the same ONNX Runtime GPU build beside libonnxruntime.so";
        }
        return "install the CUDA libraries that this ONNX Runtime was built for";
    }

    private static String majorOf(String library) {
        int so = library.indexOf(".so.");
        return so < 0 ? "" : " " + library.substring(so + ".so.".length());
    }

    private static String device(String code) {
        return switch (code) {
            case "35" -> "the NVIDIA driver is older than the CUDA libraries in use.";
            case "100" -> "no CUDA device is visible to this process (check nvidia-smi and CUDA_VISIBLE_DEVICES).";
            case "101" -> "there is no CUDA device of that number; device-id counts from 0.";
            case "2" -> "the GPU has no memory left.";
            case "209" -> "this ONNX Runtime holds no code for that GPU's architecture.";
            default -> "CUDA answered with error " + code + ".";
        };
    }

    private static String firstLine(String message) {
        return message.lines().filter(line -> !line.isBlank()).findFirst().orElse("(nothing)");
    }
}
