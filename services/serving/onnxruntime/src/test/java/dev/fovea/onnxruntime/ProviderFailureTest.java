package dev.fovea.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProviderFailureTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        cuda     | /onnxruntime_src/onnxruntime/core/session/provider_bridge_ort.cc:1844 Failed to load library libonnxruntime_providers_cuda.so with error: libcublasLt.so.12: cannot open shared object file: No such file or directory | libcublasLt.so.12 is missing: install the CUDA libraries
        cuda     | Failed to load library libonnxruntime_providers_cuda.so with error: libcuda.so.1: cannot open shared object file | libcuda.so.1 is missing: install the NVIDIA driver
        tensorrt | Failed to load library libonnxruntime_providers_tensorrt.so with error: libnvinfer.so.10: cannot open shared object file | libnvinfer.so.10 is missing: install TensorRT 10
        tensorrt | error: libcudnn.so.9: cannot open shared object file: No such file or directory | libcudnn.so.9 is missing: install cuDNN 9
        cuda     | error: libonnxruntime_providers_shared.so: cannot open shared object file | libonnxruntime_providers_shared.so is missing: copy it from the same ONNX Runtime GPU build
        cuda     | Failed to find CUDA shared provider | have no cuda provider; give those of the GPU build, version 1.29.0, by -Donnxruntime.native.path=FOLDER
        tensorrt | Failed to find TensorRT shared provider | libonnxruntime_providers_tensorrt.so
        cuda     | OrtSessionOptionsAppendExecutionProvider_Cuda: Failed to load shared library | "ldd" on it names the missing one
        cuda     | /lib/libc.so.6: version `GLIBC_2.38' not found (required by libonnxruntime_providers_cuda.so) | too old, GLIBC_2.38 is needed
        cuda     | CUDA failure 100: no CUDA-capable device is detected ; GPU=-1 ; hostname=a | no CUDA device is visible to this process
        cuda     | CUDA failure 101: invalid device ordinal ; GPU=0 | device-id counts from 0
        cuda     | CUDA failure 35: CUDA driver version is insufficient for CUDA runtime version | driver is older than the CUDA libraries
        cuda     | CUDA failure 209: no kernel image is available for execution on the device | no code for that GPU's architecture
        cuda     | something new | not one that Fovea knows. ONNX Runtime says: something new
        """)
    void namesTheProviderAndWhatIsMissing(String provider, String message, String expected) {
        assertThat(ProviderFailure.explain(provider, message, "1.29.0"))
                .startsWith("execution provider " + provider + " cannot start: ")
                .contains(expected)
                .endsWith(message);
    }
}
