package dev.fovea.imaging;

import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas;

/// Loads OpenCV's native library, once per process.
public final class OpenCv {

    private OpenCv() {}

    /// Loads the library on the first call; later calls cost nothing. Any thread.
    ///
    /// @throws IllegalStateException if this platform's natives are not on the class path or do not load
    public static void load() {
        Library.ensureLoaded();
    }

    /// The holder idiom: the class initialiser runs once, under the JVM's own lock.
    private static final class Library {

        static {
            try {
                Loader.load(org.bytedeco.opencv.opencv_java.class);
                // One decode per permit and one extraction per request are already parallel; OpenCV's own
                // threads would only multiply them.
                org.opencv.core.Core.setNumThreads(1);
                // Its matrix products run on OpenBLAS, whose threads wait for each other by spinning.
                openblas.blas_set_num_threads(1);
            } catch (UnsatisfiedLinkError missing) {
                throw new IllegalStateException(
                        "OpenCV's natives for " + Loader.getPlatform() + " do not load: the class path needs "
                                + "org.bytedeco opencv, openblas and javacpp with that classifier (linux-x86_64 and "
                                + "linux-arm64 are shipped); " + missing.getMessage(),
                        missing);
            }
        }

        static void ensureLoaded() {}
    }
}
