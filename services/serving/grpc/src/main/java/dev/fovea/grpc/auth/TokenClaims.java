package dev.fovea.grpc.auth;

import com.nimbusds.jwt.JWTClaimsSet;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a token says of its bearer.
final class TokenClaims {

    private TokenClaims() {}

    /// The subject; for a program without one, the client.
    static String name(JWTClaimsSet claims) {
        return Stream.of("sub", "azp", "client_id")
                .map(claims::getClaim)
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .findFirst()
                .orElse("a caller without a name");
    }

    /// The roles in a claim: a list of texts, or a text with spaces between them; none where it is anything else.
    ///
    /// @param claim its name as it stands, or else a path whose dots walk into objects
    static Set<String> roles(JWTClaimsSet claims, String claim) {
        @Nullable Object value = claims.getClaim(claim);
        if (value == null) {
            value = claims.getClaims();
            for (String step : claim.split("\\.", -1)) {
                value = value instanceof Map<?, ?> object ? object.get(step) : null;
            }
        }
        return switch (value) {
            case String text -> texts(Stream.of(text.split(" ", -1)));
            case Collection<?> list -> texts(list.stream());
            case null, default -> Set.of();
        };
    }

    private static Set<String> texts(Stream<?> values) {
        return values.filter(String.class::isInstance)
                .map(String.class::cast)
                .filter(text -> !text.isBlank())
                .collect(Collectors.toUnmodifiableSet());
    }
}
