package dev.fovea.grpc.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.fovea.inference.Ticker;
import java.text.ParseException;
import java.util.Optional;
import java.util.Set;

/// Tokens that an OpenID Connect provider has signed (JWT), checked with its public keys: signature, issuer, audience,
/// and that they hold now. Only asymmetric algorithms: with the others, whoever knows the public key could sign.
///
/// **Threads:** any. Owns the thread that fetches the keys; whoever made it closes it.
public final class OidcTokens implements TokenVerifier, AutoCloseable {
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private final OidcSettings settings;
    private final IssuerKeys keys;
    private final DefaultJWTClaimsVerifier<SecurityContext> claims;

    /// Begins to fetch the issuer's keys.
    public OidcTokens(OidcSettings settings) {
        this(settings, new IssuerKeys(new KeySource(settings), IssuerKeys.Timing.DEFAULT, Ticker.system()));
    }

    /// Takes over the keys.
    OidcTokens(OidcSettings settings, IssuerKeys keys) {
        this.settings = settings;
        this.keys = keys;
        this.claims = new DefaultJWTClaimsVerifier<>(
                settings.audience(),
                new JWTClaimsSet.Builder().issuer(settings.issuer().toString()).build(),
                Set.of("exp"));
        claims.setMaxClockSkew(Math.toIntExact(settings.clockSkew().toSeconds()));
    }

    @Override
    public Verdict verify(String token) {
        SignedJWT signed;
        try {
            signed = SignedJWT.parse(token);
        } catch (ParseException | IllegalArgumentException damaged) {
            // The cause could quote the token.
            return new Verdict.Refused("it is no signed JWT");
        }
        Optional<JWKSet> known = keys.now();
        if (known.isEmpty()) {
            return new Verdict.Undecided(keys.problem().orElse("the keys of its issuer are being fetched"));
        }
        String keyId = signed.getHeader().getKeyID();
        if (keyId != null && known.get().getKeyByKeyId(keyId) == null) {
            return keys.mayCome(keyId)
                    ? new Verdict.Undecided("its issuer is asked again for the key that signed it")
                    : new Verdict.Refused("its issuer lists no key of the name that it bears");
        }
        return verify(signed, known.get());
    }

    @Override
    public Optional<String> problem() {
        return keys.problem();
    }

    @Override
    public void close() {
        keys.close();
    }

    private Verdict verify(SignedJWT signed, JWKSet known) {
        var processor = new DefaultJWTProcessor<SecurityContext>();
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, new ImmutableJWKSet<>(known)));
        processor.setJWTClaimsSetVerifier(claims);
        try {
            JWTClaimsSet said = processor.process(signed, null);
            return new Verdict.Accepted(
                    new Principal(TokenClaims.name(said), TokenClaims.roles(said, settings.rolesClaim())));
        } catch (BadJWTException wrongClaims) {
            return new Verdict.Refused(String.valueOf(wrongClaims.getMessage()));
        } catch (BadJOSEException | JOSEException | RuntimeException wrongSignature) {
            return new Verdict.Refused("its signature is not of a key and an algorithm that are accepted");
        }
    }
}
