package dev.fovea.onnxruntime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtLoggingLevel;
import dev.fovea.inference.session.SessionException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/// The native library, loaded once per process.
///
/// Everything that touches ONNX Runtime comes through here first, because since version 1.29 its Linux and macOS
/// builds report their use to their maker as soon as an environment exists: data leave the machine, and the process
/// dies with a segmentation fault where its command line is longer than 4 KiB (a class path is enough) or where there
/// is no shell (onnxruntime issue 32173). The only switch that comes early enough is the environment variable
/// `ORT_DISABLE_TELEMETRY`, so it is set here, unless the user has set it.
public final class OnnxRuntime {

    private static final String TELEMETRY_SWITCH = "ORT_DISABLE_TELEMETRY";

    private OnnxRuntime() {}

    /// Version of the library in use. Any thread may call.
    ///
    /// @throws SessionException if the natives cannot be loaded, naming where they were looked for
    public static String version() throws SessionException {
        return environment().getVersion();
    }

    static synchronized OrtEnvironment environment() throws SessionException {
        disableTelemetry();
        try {
            return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING, "fovea");
        } catch (LinkageError unloadable) {
            throw new SessionException(
                    "the ONNX Runtime natives cannot be loaded from "
                            + System.getProperty("onnxruntime.native.path", "the onnxruntime jar") + ": " + unloadable
                            + (unloadable.getCause() == null ? "" : ", " + unloadable.getCause()),
                    unloadable,
                    true);
        }
    }

    /// `setenv(3)`: the JVM cannot change its own environment, the C library can.
    @SuppressWarnings("restricted") // a C function of known signature
    private static void disableTelemetry() throws SessionException {
        Linker linker = Linker.nativeLinker();
        Optional<MemorySegment> setenv = linker.defaultLookup().find("setenv");
        if (setenv.isEmpty() || System.getenv(TELEMETRY_SWITCH) != null) {
            return; // Windows has no setenv, and its builds honour the system's own privacy setting.
        }
        var call = linker.downcallHandle(
                setenv.get(),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
        try (Arena arena = Arena.ofConfined()) {
            int status = (int) call.invokeExact(arena.allocateFrom(TELEMETRY_SWITCH), arena.allocateFrom("1"), 0);
            if (status != 0) {
                throw new IllegalStateException("setenv returned " + status);
            }
        } catch (Throwable refused) {
            throw new SessionException(
                    "ONNX Runtime's telemetry cannot be switched off; start the process with " + TELEMETRY_SWITCH
                            + "=1",
                    refused,
                    true);
        }
    }
}
