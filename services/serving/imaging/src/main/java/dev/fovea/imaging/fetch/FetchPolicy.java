package dev.fovea.imaging.fetch;

import java.nio.file.Path;
import java.util.Set;

/// Which references may be followed. What is not listed is refused.
///
/// @param schemes of `http`, `https`, `file`; empty (the default) refuses every reference
/// @param hosts exact names (`images.example.com`), subdomains (`*.example.com`, not the domain itself) or `*` for any
/// @param folders files may be read from these and below, after symbolic links are resolved
/// @param internalRanges loopback, private and other non-public addresses that may be connected to all the same
/// @param limits bytes, time, redirects
public record FetchPolicy(
        Set<String> schemes,
        Set<String> hosts,
        Set<Path> folders,
        Set<AddressRange> internalRanges,
        FetchLimits limits) {

    /// @throws IllegalArgumentException if a scheme is another
    public FetchPolicy {
        schemes = Set.copyOf(schemes);
        hosts = Set.copyOf(hosts);
        folders = Set.copyOf(folders);
        internalRanges = Set.copyOf(internalRanges);
        for (String scheme : schemes) {
            if (!Set.of("http", "https", "file").contains(scheme)) {
                throw new IllegalArgumentException("reference scheme '" + scheme + "' is none of http, https, file");
            }
        }
    }

    /// Refuses every reference.
    public static FetchPolicy nothing() {
        return new FetchPolicy(Set.of(), Set.of(), Set.of(), Set.of(), FetchLimits.defaults());
    }
}
