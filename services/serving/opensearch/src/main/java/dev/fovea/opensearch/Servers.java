package dev.fovea.opensearch;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Where the cluster answers.
///
/// @param urls of nodes, `http://host:port` or `https://host:port`, at least one; a node that fails is passed over for
///     the next
/// @param credentials sent with every request (HTTP basic authentication)
/// @param caCertificate PEM file with the certificates that sign those of the nodes; empty: those Java trusts. Host
///     names are always checked
/// @param connectTimeout for one node, more than 0
/// @param requestTimeout after which a node that is silent is passed over for the next, more than 0; what a caller
///     waits in all is up to the deadline
public record Servers(
        List<URI> urls,
        Optional<Credentials> credentials,
        Optional<Path> caCertificate,
        Duration connectTimeout,
        Duration requestTimeout) {

    public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    public static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);

    /// @throws IllegalArgumentException if there is no URL, or one is not as described, or a timeout is not positive
    public Servers {
        urls = List.copyOf(urls);
        if (urls.isEmpty()) {
            throw new IllegalArgumentException("no URL of an OpenSearch node is configured");
        }
        urls.forEach(Servers::requireNode);
        requirePositive("connect timeout", connectTimeout);
        requirePositive("request timeout", requestTimeout);
    }

    /// Nodes without credentials.
    public static Servers at(List<URI> urls) {
        return new Servers(urls, Optional.empty(), Optional.empty(), CONNECT_TIMEOUT, REQUEST_TIMEOUT);
    }

    private static void requireNode(URI url) {
        boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        boolean bare = url.getPath() == null || url.getPath().isEmpty() || "/".equals(url.getPath());
        if (!web || url.getHost() == null || url.getUserInfo() != null || !bare) {
            throw new IllegalArgumentException("\"" + url.getScheme() + "://" + url.getHost()
                    + "\" is not the URL of an OpenSearch node: http://host:port or https://host:port, without user"
                    + " or path");
        }
    }

    private static void requirePositive(String what, Duration duration) {
        if (!duration.isPositive()) {
            throw new IllegalArgumentException("the " + what + " is " + duration + ", it must be more than 0");
        }
    }
}
