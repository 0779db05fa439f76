package dev.fovea.opensearch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.util.Timeout;
import org.opensearch.client.json.jackson.JacksonJsonpMapper;
import org.opensearch.client.transport.OpenSearchTransport;
import org.opensearch.client.transport.httpclient5.ApacheHttpClient5TransportBuilder;

/// Builds the HTTP client: nodes, timeouts, credentials, TLS.
final class Transports {

    private static final int CONNECTIONS_PER_NODE = 64;

    private Transports() {}

    /// @throws IllegalArgumentException if the CA certificate cannot be read
    static OpenSearchTransport to(Servers servers) {
        HttpHost[] nodes = servers.urls().stream().map(HttpHost::create).toArray(HttpHost[]::new);
        Timeout request = Timeout.of(servers.requestTimeout());
        RequestConfig waits = RequestConfig.custom()
                .setConnectionRequestTimeout(request)
                .setResponseTimeout(request)
                .build();
        PoolingAsyncClientConnectionManager connections = connections(servers, nodes.length);
        return ApacheHttpClient5TransportBuilder.builder(nodes)
                .setMapper(new JacksonJsonpMapper())
                .setDefaultHeaders(
                        servers.credentials().map(Transports::headers).orElseGet(() -> new Header[0]))
                .setHttpClientConfigCallback(
                        http -> http.setDefaultRequestConfig(waits).setConnectionManager(connections))
                .build();
    }

    private static Header[] headers(Credentials credentials) {
        return new Header[] {new BasicHeader("Authorization", credentials.asHeader(), true)};
    }

    private static PoolingAsyncClientConnectionManager connections(Servers servers, int nodes) {
        ConnectionConfig timeouts = ConnectionConfig.custom()
                .setConnectTimeout(Timeout.of(servers.connectTimeout()))
                .setSocketTimeout(Timeout.of(servers.requestTimeout()))
                .build();
        ClientTlsStrategyBuilder tls = ClientTlsStrategyBuilder.create();
        servers.caCertificate().map(Transports::trusting).ifPresent(tls::setSslContext);
        return PoolingAsyncClientConnectionManagerBuilder.create()
                .setDefaultConnectionConfig(timeouts)
                .setTlsStrategy(tls.buildAsync())
                .setMaxConnPerRoute(CONNECTIONS_PER_NODE)
                .setMaxConnTotal(CONNECTIONS_PER_NODE * nodes)
                .build();
    }

    private static SSLContext trusting(Path pem) {
        try (InputStream in = Files.newInputStream(pem)) {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            Collection<? extends Certificate> found =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (found.isEmpty()) {
                throw new IllegalArgumentException("the CA certificate " + pem + " holds no certificate in PEM form");
            }
            for (Certificate certificate : found) {
                trusted.setCertificateEntry("ca-" + trusted.size(), certificate);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException unreadable) {
            throw new IllegalArgumentException(
                    "the CA certificate " + pem + " cannot be read: " + unreadable, unreadable);
        }
    }
}
