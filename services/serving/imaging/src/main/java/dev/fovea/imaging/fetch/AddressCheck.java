package dev.fovea.imaging.fetch;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Tells public addresses from those that only mean something inside: this machine, this network, this cloud.
///
/// An IPv6 address that carries an IPv4 one (mapped, compatible, 6to4, NAT64, Teredo) is judged by both.
///
/// Source: IANA special-purpose address registries for IPv4 and IPv6 (RFC 6890 and successors).
final class AddressCheck {

    private static final List<AddressRange> INTERNAL = Stream.of(
                    "0.0.0.0/8", // "this network"; 0.0.0.0 connects to this machine
                    "10.0.0.0/8", // private
                    "100.64.0.0/10", // carrier-grade NAT
                    "127.0.0.0/8", // loopback
                    "169.254.0.0/16", // link-local, 169.254.169.254 is the metadata service of clouds
                    "172.16.0.0/12", // private
                    "192.0.0.0/24", // protocol assignments
                    "192.0.2.0/24", // documentation
                    "192.88.99.0/24", // 6to4 relays
                    "192.168.0.0/16", // private
                    "198.18.0.0/15", // benchmarks
                    "198.51.100.0/24", // documentation
                    "203.0.113.0/24", // documentation
                    "224.0.0.0/4", // multicast
                    "240.0.0.0/4", // reserved and broadcast
                    "::/96", // unspecified, loopback, IPv4-compatible
                    "::ffff:0:0:0/96", // IPv4-translated
                    "64:ff9b:1::/48", // NAT64 within a network
                    "100::/64", // discard
                    "2001::/23", // protocol assignments, Teredo among them
                    "2001:db8::/32", // documentation
                    "3fff::/20", // documentation
                    "5f00::/16", // segment routing
                    "fc00::/7", // unique local, fd00:ec2::254 is a metadata service
                    "fe80::/10", // link-local
                    "fec0::/10", // site-local
                    "ff00::/8") // multicast
            .map(AddressRange::parse)
            .toList();

    private static final AddressRange SIX_TO_FOUR = AddressRange.parse("2002::/16");
    private static final AddressRange NAT64 = AddressRange.parse("64:ff9b::/96");
    private static final int IPV4_BYTES = 4;

    private AddressCheck() {}

    /// Whether a stranger's reference may lead to `address`.
    ///
    /// @param listed internal ranges that configuration opens
    static boolean isAllowed(InetAddress address, Set<AddressRange> listed) {
        if (listed.stream().anyMatch(range -> range.contains(address))) {
            return true;
        }
        return INTERNAL.stream().noneMatch(range -> range.contains(address))
                && embedded(address).map(inner -> isAllowed(inner, listed)).orElse(true);
    }

    /// The IPv4 address within an IPv6 one. Mapped addresses need no case: Java makes IPv4 addresses of them.
    private static Optional<Inet4Address> embedded(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return Optional.empty();
        }
        if (SIX_TO_FOUR.contains(address)) {
            return Optional.of(ipv4(address, 2));
        }
        return NAT64.contains(address) ? Optional.of(ipv4(address, 12)) : Optional.empty();
    }

    private static Inet4Address ipv4(InetAddress address, int from) {
        byte[] bytes = Arrays.copyOfRange(address.getAddress(), from, from + IPV4_BYTES);
        try {
            return (Inet4Address) InetAddress.getByAddress(bytes);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
