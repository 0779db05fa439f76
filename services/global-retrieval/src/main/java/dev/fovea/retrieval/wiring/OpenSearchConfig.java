package dev.fovea.retrieval.wiring;

import dev.fovea.quarkus.config.Setting;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What is configurable about the distributed engine.
public interface OpenSearchConfig {

    @Setting(is = "nodes of the cluster, `http://host:port` or `https://host:port`", otherwise = "none")
    Optional<List<String>> urls();

    @Setting(is = "user of the cluster", otherwise = "none")
    Optional<String> user();

    @Setting(is = "password of the user", otherwise = "none", secret = true)
    Optional<String> password();

    @Setting(is = "PEM file of the certificates that sign the nodes'", otherwise = "those that Java trusts")
    Optional<Path> caCertificate();

    @Setting(is = "for connecting to one node", from = "10ms", to = "1m")
    @WithDefault("2s")
    Duration connectTimeout();

    @Setting(is = "after which a silent node is passed over for the next", from = "10ms", to = "10m")
    @WithDefault("10s")
    Duration requestTimeout();

    @Setting(is = "before a collection's name in the name of its index; lower-case letters, digits, `-` and `_`")
    @WithDefault("fovea-")
    String prefix();

    @Setting(is = "shards of an index that is made", unit = "shards", from = "1", to = "1024")
    @WithDefault("1")
    int shards();

    @Setting(is = "copies besides the primary of an index that is made", unit = "copies", from = "0", to = "100")
    @WithDefault("1")
    int replicas();

    @Setting(is = "how often writes become visible in an index that is made", from = "100ms", to = "1h")
    @WithDefault("1s")
    Duration refresh();

    @Setting(
            is = "how long a delete is remembered, so that an older write that comes late is stale",
            from = "1s",
            to = "3650d")
    @WithDefault("7d")
    Duration tombstones();
}
