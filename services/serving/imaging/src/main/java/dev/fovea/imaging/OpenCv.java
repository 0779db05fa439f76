package dev.fovea.imaging;

import java.util.List;
import org.bytedeco.javacpp.ClassProperties;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.opencv.opencv_java;

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
                loadLibraries();
                // One decode per permit and one extraction per request are already parallel; OpenCV's own
                // threads would only multiply them.
                org.opencv.core.Core.setNumThreads(1);
                // Its matrix products run on OpenBLAS, whose threads wait for each other by spinning.
                openblas_nolapack.blas_set_num_threads(1);
            } catch (UnsatisfiedLinkError missing) {
                throw new IllegalStateException(
                        "OpenCV's natives for " + Loader.getPlatform() + " do not load: the class path needs "
                                + "org.bytedeco opencv, openblas and javacpp with that classifier (linux-x86_64 and "
                                + "linux-arm64 are shipped); " + missing.getMessage(),
                        missing);
            }
        }

        /// Not `Loader.load(opencv_java.class)`: that also loads JavaCPP's own binding of every module, of which
        /// nothing here calls one, and the binding of `highgui` does not load on a machine without a desktop.
        private static void loadLibraries() {
            Loader.load(openblas_nolapack.class);
            ClassProperties properties = Loader.loadProperties(opencv_java.class, Loader.loadProperties(), true);
            List<String> linked = properties.get("platform.link");
            linked.stream()
                    .filter(library -> library.startsWith("opencv_") && !library.startsWith("opencv_highgui"))
                    .forEach(library -> load(properties, library));
            load(properties, "opencv_java");
        }

        private static void load(ClassProperties properties, String library) {
            Loader.loadLibrary(opencv_java.class, Loader.findLibrary(opencv_java.class, properties, library), library);
        }

        static void ensureLoaded() {}
    }
}
