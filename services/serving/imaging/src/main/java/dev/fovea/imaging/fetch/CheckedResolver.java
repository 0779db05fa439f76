package dev.fovea.imaging.fetch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import org.apache.hc.client5.http.DnsResolver;

/// Resolves a host once and hands the client its addresses only if every one of them may be connected to.
///
/// The connection goes to the very address that was checked, so a name that answers differently the second time
/// (DNS rebinding) gains nothing; one bad address among good ones refuses the host.
final class CheckedResolver implements DnsResolver {

    private final AddressResolver resolver;
    private final Set<AddressRange> internalRanges;

    CheckedResolver(AddressResolver resolver, Set<AddressRange> internalRanges) {
        this.resolver = resolver;
        this.internalRanges = internalRanges;
    }

    /// The host resolved to an address that must not be connected to.
    static final class AddressRefused extends UnknownHostException {

        private static final long serialVersionUID = 1L;

        AddressRefused(String host) {
            super(host);
        }
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        List<InetAddress> addresses = resolver.resolve(host);
        if (addresses.isEmpty()) {
            throw new UnknownHostException(host);
        }
        for (InetAddress address : addresses) {
            if (!AddressCheck.isAllowed(address, internalRanges)) {
                throw new AddressRefused(host);
            }
        }
        return addresses.toArray(InetAddress[]::new);
    }

    /// Never asked: it would be a second, unchecked resolution.
    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}
