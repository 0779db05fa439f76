package dev.fovea.grpc.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.fovea.grpc.auth.Verdict.Accepted;
import dev.fovea.grpc.auth.Verdict.Refused;
import dev.fovea.grpc.auth.Verdict.Undecided;
import dev.fovea.grpc.tls.PemFile;
import dev.fovea.grpc.tls.TlsFiles;
import dev.fovea.grpc.tls.TlsMaterial;
import dev.fovea.inference.Ticker;
import dev.fovea.tests.support.Certificates;
import java.net.URI;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class OidcTokensTest {
    private static final IssuerKeys.Timing QUICK = new IssuerKeys.Timing(
            Duration.ofHours(1),
            Duration.ofMillis(20),
            Duration.ofMillis(50),
            Duration.ofMillis(50),
            Duration.ofDays(1));

    private final Provider provider;
    private Optional<OidcTokens> opened = Optional.empty();

    OidcTokensTest() throws Exception {
        provider = new Provider();
    }

    @AfterEach
    void close() {
        opened.ifPresent(OidcTokens::close);
        provider.close();
    }

    @Test
    void aGoodTokenIsItsBearers() throws Exception {
        Verdict verdict =
                decided(tokens("scope"), provider.token(provider.claims().build()));

        assertThat(verdict).isEqualTo(new Accepted(new Principal("robot", Set.of("read", "write"))));
    }

    @Test
    void rolesAreFoundInObjectsAndLists() throws Exception {
        String nested = provider.token(provider.claims()
                .claim("realm_access", Map.of("roles", List.of("admin", 7, "reader")))
                .build());

        assertThat(decided(tokens("realm_access.roles"), nested))
                .isEqualTo(new Accepted(new Principal("robot", Set.of("admin", "reader"))));
    }

    @Test
    void aTokenThatSaysTheWrongThingsIsRefused() throws Exception {
        OidcTokens tokens = tokens("scope");
        Date past = Date.from(Instant.now().minusSeconds(60));
        Date future = Date.from(Instant.now().plusSeconds(60));

        refused(tokens, provider.claims().expirationTime(past).build(), "Expired JWT");
        refused(tokens, provider.claims().notBeforeTime(future).build(), "JWT before use time");
        refused(tokens, provider.claims().audience("another").build(), "audience");
        refused(tokens, provider.claims().issuer("https://another.example").build(), "iss");
        refused(tokens, provider.claims().expirationTime(null).build(), "exp");
    }

    @Test
    void theIssuersClockMayBeOffALittle() throws Exception {
        String justOver = provider.token(provider.claims()
                .expirationTime(Date.from(Instant.now().minusSeconds(10)))
                .build());

        assertThat(decided(tokens("scope"), justOver)).isInstanceOf(Accepted.class);
    }

    @Test
    void whatTheIssuerHasNotSignedIsRefusedAndNotQuoted() throws Exception {
        OidcTokens tokens = tokens("scope");
        JWTClaimsSet claims = provider.claims().build();
        String good = provider.token(claims);
        assertThat(decided(tokens, good)).isInstanceOf(Accepted.class);
        ECKey forged = Provider.newKey(provider.key().getKeyID());
        byte[] published = provider.key().toPublicJWK().toECPublicKey().getEncoded();
        var symmetric = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256)
                        .keyID(provider.key().getKeyID())
                        .build(),
                claims);
        symmetric.sign(new MACSigner(published));

        for (String bad : List.of(
                Provider.token(claims, forged),
                symmetric.serialize(),
                new PlainJWT(claims).serialize(),
                good.substring(0, good.length() - 8) + "AAAAAAAA",
                "secret-text-that-is-no-token",
                "a.b.c",
                "")) {
            assertThat(tokens.verify(bad)).isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.why())
                    .doesNotContain("secret-text", bad.length() > 20 ? bad.substring(0, 20) : "no quotation"));
        }
    }

    @Test
    void aNewKeyIsFetchedWhenATokenNamesIt() throws Exception {
        OidcTokens tokens = tokens("scope");
        assertThat(decided(tokens, provider.token(provider.claims().build()))).isInstanceOf(Accepted.class);
        String old = provider.token(provider.claims().build());

        // When
        provider.rotate(Provider.newKey("key-2"));
        String fresh = provider.token(provider.claims().build());

        // Then
        assertThat(tokens.verify(fresh)).isInstanceOf(Undecided.class);
        assertThat(await(tokens, fresh, Accepted.class::isInstance)).isInstanceOf(Accepted.class);
        assertThat(await(tokens, old, Refused.class::isInstance)).isInstanceOf(Refused.class);
    }

    @Test
    void keysThatNobodyHasDoNotMakeTheIssuerBusy() throws Exception {
        OidcTokens tokens = tokens("scope");
        decided(tokens, provider.token(provider.claims().build()));
        int before = provider.fetches.get();

        for (int i = 0; i < 1_000; i++) {
            tokens.verify(Provider.token(
                    provider.claims().build(),
                    new ECKey.Builder(provider.key()).keyID("nobody-" + i).build()));
        }

        // 50 ms at least between two fetches, where there were a thousand reasons.
        assertThat(provider.fetches.get() - before).isLessThan(500);
    }

    @Test
    void anIssuerThatIsAwayMakesTokensUndecidedUntilItIsBack() throws Exception {
        // Given
        provider.away(true);
        OidcTokens tokens = tokens("scope");
        String good = provider.token(provider.claims().build());

        // Then
        assertThat(tokens.verify(good)).isInstanceOf(Undecided.class);
        assertThat(tokens.problem()).hasValueSatisfying(problem -> assertThat(problem)
                .startsWith("the keys of the tokens' issuer are not known"));

        // When
        provider.away(false);
        assertThat(await(tokens, good, Accepted.class::isInstance)).isInstanceOf(Accepted.class);
        assertThat(tokens.problem()).isEmpty();

        // And: keys outlive it
        provider.away(true);
        assertThat(tokens.verify(good)).isInstanceOf(Accepted.class);
    }

    @Test
    void keysAreAskedForWhereTheConfigurationSays() throws Exception {
        provider.describes("https://another.example");
        OidcTokens tokens = tokens(new OidcSettings(
                provider.issuer(),
                Provider.AUDIENCE,
                Optional.of(URI.create(provider.issuer() + "/keys")),
                Optional.empty(),
                "scope",
                Duration.ZERO));

        assertThat(decided(tokens, provider.token(provider.claims().build()))).isInstanceOf(Accepted.class);
    }

    @Test
    void anIssuerOverHttpsIsTrustedByItsAuthorityAndNoOther(@TempDir Path folder) throws Exception {
        var own = new Certificates(folder.resolve("own"));
        var another = new Certificates(folder.resolve("another"));
        try (var secured = new Provider(context(own.issue("provider")))) {
            String good = secured.token(secured.claims().build());

            // Then: trusted
            assertThat(decided(tokens(settings(secured, own)), good)).isInstanceOf(Accepted.class);
            close();

            // And: not trusted
            OidcTokens tokens = tokens(settings(secured, another));
            while (tokens.problem().orElseThrow().contains("not been fetched yet")) {
                Thread.sleep(10);
            }
            assertThat(tokens.problem().orElseThrow())
                    .contains(secured.issuer() + "/.well-known/", "cannot be asked", "PKIX");
            assertThat(tokens.verify(good)).isInstanceOf(Undecided.class);
        }
    }

    private static OidcSettings settings(Provider provider, Certificates authority) {
        return new OidcSettings(
                provider.issuer(),
                Provider.AUDIENCE,
                Optional.empty(),
                Optional.of(new PemFile("fovea.grpc.auth.oidc.ca-certificate", authority.authority())),
                "scope",
                Duration.ofSeconds(30));
    }

    private static SSLContext context(Certificates.Issued shown) throws Exception {
        TlsMaterial material = new TlsFiles(
                        new PemFile("certificate", shown.certificate()),
                        new PemFile("key", shown.key()),
                        Optional.empty())
                .read();
        char[] password = {};
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, password);
        store.setKeyEntry("own", material.key(), password, material.chain().toArray(X509Certificate[]::new));
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    @Test
    void anIssuerThatDescribesAnotherIsNotBelieved() throws Exception {
        provider.describes("https://another.example");
        OidcTokens tokens = tokens("scope");
        String good = provider.token(provider.claims().build());

        while (!tokens.problem().orElse("").contains("describes the issuer https://another.example")) {
            assertThat(tokens.verify(good)).isInstanceOf(Undecided.class);
        }
    }

    @Test
    void addressesThatCouldBeTamperedWithAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(URI.create("http://issuer.example"), "scope"))
                .withMessageStartingWith("fovea.grpc.auth.oidc.issuer = http://issuer.example is neither https");
    }

    private OidcTokens tokens(String rolesClaim) {
        return tokens(settings(provider.issuer(), rolesClaim));
    }

    private OidcTokens tokens(OidcSettings settings) {
        var tokens = new OidcTokens(settings, new IssuerKeys(new KeySource(settings), QUICK, Ticker.system()));
        opened = Optional.of(tokens);
        return tokens;
    }

    private static OidcSettings settings(URI issuer, String rolesClaim) {
        return new OidcSettings(
                issuer, Provider.AUDIENCE, Optional.empty(), Optional.empty(), rolesClaim, Duration.ofSeconds(30));
    }

    private void refused(OidcTokens tokens, JWTClaimsSet claims, String why) throws Exception {
        assertThat(decided(tokens, provider.token(claims)))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.why()).contains(why));
    }

    /// What is said once the keys are there.
    private static Verdict decided(OidcTokens tokens, String token) throws InterruptedException {
        return await(tokens, token, verdict -> !(verdict instanceof Undecided));
    }

    private static Verdict await(OidcTokens tokens, String token, Predicate<Verdict> wanted)
            throws InterruptedException {
        Verdict verdict = tokens.verify(token);
        while (!wanted.test(verdict)) {
            Thread.sleep(10);
            verdict = tokens.verify(token);
        }
        return verdict;
    }
}
