package dev.fovea.imaging.fetch;

import java.nio.file.Path;
import java.util.Locale;
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

    /// Whether `host` (a name or address as it stands in a URI) is listed.
    boolean allowsHost(String host) {
        String name = withoutDot(host);
        return hosts.stream().map(FetchPolicy::withoutDot).anyMatch(pattern -> matches(pattern, name));
    }

    private static boolean matches(String pattern, String name) {
        return pattern.equals("*")
                || pattern.equals(name)
                || (pattern.startsWith("*.") && name.endsWith(pattern.substring(1)));
    }

    /// Lower case, without the root's dot: `Example.COM.` is `example.com`.
    private static String withoutDot(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    /// Refuses every reference.
    public static FetchPolicy nothing() {
        return new FetchPolicy(Set.of(), Set.of(), Set.of(), Set.of(), FetchLimits.defaults());
    }
}
