package dev.fovea.quarkus.config;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Which references to images may be followed. What is not listed is refused; nothing is listed by default.
public interface ReferencesConfig {

    @Setting(
            is = "schemes that may be followed",
            oneOf = {"https", "http", "file"},
            otherwise = "none: every reference is refused")
    Optional<List<String>> schemes();

    @Setting(
            is = "hosts that may be asked: `images.example.com`, `*.example.com` (subdomains), `*` (any)",
            otherwise = "none")
    Optional<List<String>> hosts();

    @Setting(is = "folders that files may be read from, links resolved", otherwise = "none")
    Optional<List<Path>> folders();

    @Setting(
            is = "loopback, private and other internal addresses that may be connected to all the same, such as"
                    + " `10.1.0.0/16`",
            otherwise = "none")
    Optional<List<String>> internalRanges();

    @Setting(is = "size of a referenced file", from = "1", to = "1G")
    @WithDefault("16M")
    MemorySize maxBytes();

    @Setting(
            is =
                    "memory of references fetched and not yet decoded, at least `max-bytes`: divided by that, it is how many"
                            + " may be so at once; others wait",
            from = "1",
            to = "1024G")
    @WithDefault("128M")
    MemorySize maxInFlightBytes();

    @Setting(is = "time of a whole fetch, redirects included", from = "10ms", to = "10m")
    @WithDefault("5s")
    Duration timeout();

    @Setting(is = "redirects followed, each checked again", from = "0", to = "20")
    @WithDefault("3")
    int maxRedirects();
}
