package dev.fovea.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceErrorsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CUDA failure 700: an illegal memory access was encountered ; GPU=0 ; hostname=a ; file=cuda_call.cc",
                "CUDA failure 719: unspecified launch failure ; GPU=0",
                "CUDA failure 710: device-side assert triggered ; GPU=1",
                "CUDA error 716:misaligned address",
                "CUDA failure 214: uncorrectable ECC error encountered",
                "Non-zero status code returned while running Conv node. Name:'c' CUDA failure 999: unknown error",
                "CUBLAS failure 14: CUBLAS_STATUS_INTERNAL_ERROR ; expr=...; an illegal memory access was encountered",
                "CUDA failure 2: out of memory, then CUDA failure 700: an illegal memory access was encountered",
                "Unable to determine the device handle for GPU 0000:01:00.0: GPU is lost. Reboot the system",
                "GPU has fallen off the bus",
            })
    void endsTheSessionAfterAStickyDeviceError(String message) {
        assertThat(DeviceErrors.isFatal("ORT_FAIL", message)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CUDA failure 2: out of memory ; GPU=0",
                "CUBLAS failure 3: CUBLAS_STATUS_ALLOC_FAILED",
                "Failed to allocate memory for requested buffer of size 700",
                "Non-zero status code returned while running Gather node. indices element out of data bounds, idx=719",
                "CUDA failure 98: invalid device function",
                "CUDA failure 70000000000000000000: no such number",
                "",
            })
    void keepsTheSessionAfterAnErrorOfOneRun(String message) {
        assertThat(DeviceErrors.isFatal("ORT_FAIL", message)).isFalse();
    }

    @Test
    void endsTheSessionAfterADeviceReset() {
        assertThat(DeviceErrors.isFatal("ORT_DEVICE_RESET", "")).isTrue();
    }
}
