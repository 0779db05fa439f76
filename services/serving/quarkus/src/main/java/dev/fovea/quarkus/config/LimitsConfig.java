package dev.fovea.quarkus.config;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// What an image of a stranger may cost; checked on its header, before any pixel is allocated.
public interface LimitsConfig {

    @Setting(is = "size of an encoded image", from = "1", to = "1G")
    @WithDefault("16M")
    MemorySize maxImageBytes();

    @Setting(is = "width times height of an image", unit = "pixels", from = "1", to = "1000000000")
    @WithDefault("50000000")
    long maxImagePixels();

    @Setting(is = "longer side of an image", unit = "pixels", from = "1", to = "65535")
    @WithDefault("32768")
    int maxImageSide();

    @Setting(is = "time that decoding one image may take", from = "10ms", to = "10m")
    @WithDefault("2s")
    Duration decodeTimeout();
}
