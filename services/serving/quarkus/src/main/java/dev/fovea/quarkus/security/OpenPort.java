package dev.fovea.quarkus.security;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says so where anyone on the network may call and listen in.
public final class OpenPort {

    private static final Logger LOG = LoggerFactory.getLogger(OpenPort.class);

    private OpenPort() {}

    /// Warns if the port is neither encrypted nor guarded and others than this machine can reach it.
    ///
    /// @param host address that gRPC listens on
    public static void warn(String host, GrpcTls tls, Authentication authentication) {
        if (isOpen(host, tls.isOn(), authentication.isOn())) {
            LOG.atWarn()
                    .addKeyValue("host", host)
                    .log("gRPC listens beyond this machine without TLS and without authentication: whoever reaches it"
                            + " may call everything (fovea.grpc.tls.certificate, fovea.grpc.auth.tokens-file,"
                            + " fovea.grpc.auth.oidc.issuer)");
        }
    }

    static boolean isOpen(String host, boolean encrypted, boolean guarded) {
        return !encrypted && !guarded && !isThisMachine(host);
    }

    private static boolean isThisMachine(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }
}
