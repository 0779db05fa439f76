package dev.fovea.onnxruntime;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Tells errors after which the process can never use the device again from those that concern one run.
///
/// Source: CUDA Runtime API, `cudaError_t`: an error whose text says "the process must be terminated and relaunched"
/// is sticky, every later call in the process returns it. Running out of memory is not.
final class DeviceErrors {

    /// ONNX Runtime's wording, `CUDA_CALL_THROW` in core/providers/cuda/cuda_call.cc.
    private static final Pattern CUDA_FAILURE = Pattern.compile("CUDA (?:failure|error) (\\d+)");

    /// | code | meaning |   | code | meaning |
    /// |---|---|---|---|---|
    /// | 4 | driver shutting down | | 710 | device-side assert |
    /// | 46 | devices unavailable | | 714 | hardware stack error |
    /// | 100 | no device | | 715 | illegal instruction |
    /// | 214 | uncorrectable ECC error | | 716 | misaligned address |
    /// | 220 | NVLink error | | 717 | invalid address space |
    /// | 700 | illegal address | | 718 | invalid program counter |
    /// | 702 | launch timed out | | 719 | launch failure |
    /// | 709 | context destroyed | | 999 | unknown |
    private static final Set<Integer> STICKY =
            Set.of(4, 46, 100, 214, 220, 700, 702, 709, 710, 714, 715, 716, 717, 718, 719, 999);

    private static final Pattern STICKY_WORDS = Pattern.compile(
            "illegal memory access|device-side assert|unspecified launch failure|gpu is lost|fallen off the bus"
                    + "|uncorrectable ecc|device removed|driver shutting down|illegal instruction was encountered"
                    + "|misaligned address|hardware stack error|context is destroyed");

    private DeviceErrors() {}

    /// @param code name of ONNX Runtime's error code
    /// @param message of its exception
    static boolean isFatal(String code, String message) {
        if (code.equals("ORT_DEVICE_RESET")) {
            return true;
        }
        Matcher failure = CUDA_FAILURE.matcher(message);
        while (failure.find()) {
            if (failure.group(1).length() <= 4 && STICKY.contains(Integer.parseInt(failure.group(1)))) {
                return true;
            }
        }
        return STICKY_WORDS.matcher(message.toLowerCase(Locale.ROOT)).find();
    }
}
