package dev.fovea.imaging.fetch;

import java.math.BigInteger;
import java.net.InetAddress;

/// A block of IP addresses.
///
/// @param network any address of the block
/// @param bits leading bits that are the same throughout the block
public record AddressRange(InetAddress network, int bits) {

    /// @throws IllegalArgumentException if `bits` is negative or more than the address has
    public AddressRange {
        if (bits < 0 || bits > network.getAddress().length * Byte.SIZE) {
            throw new IllegalArgumentException(
                    "address range " + network.getHostAddress() + "/" + bits + " has an impossible prefix length");
        }
    }

    /// Reads `10.1.0.0/16`, `fd00::/8` or a single address; never a name, which would have to be resolved.
    ///
    /// @throws IllegalArgumentException if it is none of these
    public static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        try {
            InetAddress network = InetAddress.ofLiteral(address);
            int bits = slash < 0
                    ? network.getAddress().length * Byte.SIZE
                    : Integer.parseInt(text, slash + 1, text.length(), 10);
            return new AddressRange(network, bits);
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no address range such as 10.1.0.0/16, fd00::/8 or 10.1.2.3", malformed);
        }
    }

    public boolean contains(InetAddress address) {
        byte[] mine = network.getAddress();
        byte[] other = address.getAddress();
        if (mine.length != other.length) {
            return false;
        }
        int ignored = mine.length * Byte.SIZE - bits;
        return new BigInteger(1, mine)
                .xor(new BigInteger(1, other))
                .shiftRight(ignored)
                .equals(BigInteger.ZERO);
    }
}
