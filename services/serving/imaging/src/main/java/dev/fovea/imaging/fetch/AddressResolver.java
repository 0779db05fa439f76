package dev.fovea.imaging.fetch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/// Host name to addresses; asked once per connection, so what is checked is what is connected to.
@FunctionalInterface
public interface AddressResolver {

    List<InetAddress> resolve(String host) throws UnknownHostException;

    /// The operating system's resolver.
    static AddressResolver system() {
        return host -> List.of(InetAddress.getAllByName(host));
    }
}
