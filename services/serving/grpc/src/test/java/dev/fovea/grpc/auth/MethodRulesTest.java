package dev.fovea.grpc.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MethodRulesTest {
    private static final Set<String> METHODS = Set.of("v1.Index/Add", "v1.Index/Search", "v1.Info/Info");

    @Test
    void withoutRulesEveryoneMayCallEverything() {
        assertThat(MethodRules.of(Map.of(), METHODS).rolesFor("v1.Index/Add")).isEmpty();
    }

    @Test
    void theMostSpecificRuleDecides() {
        var rules =
                MethodRules.of(Map.of("*", "admin", "v1.Index/*", "reader, writer", "v1.Index/Add", "writer"), METHODS);

        assertThat(rules.rolesFor("v1.Index/Add")).hasValue(Set.of("writer"));
        assertThat(rules.rolesFor("v1.Index/Search")).hasValue(Set.of("reader", "writer"));
        assertThat(rules.rolesFor("v1.Info/Info")).hasValue(Set.of("admin"));
    }

    @Test
    void whatNoRuleIsAboutMayBeCalledByNobody() {
        var rules = MethodRules.of(Map.of("v1.Info/*", "*"), METHODS);

        assertThat(rules.rolesFor("v1.Info/Info")).isEmpty();
        assertThat(rules.rolesFor("v1.Index/Add")).hasValue(Set.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1.Index/Ad", "v1.Indx/*", "Index", "v1.Index*", "v1.Index/", "/*", "v1.*", ""})
    void aRuleThatMeansNoMethodIsRefused(String pattern) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MethodRules.of(Map.of(pattern, "admin"), METHODS))
                .withMessageStartingWith("fovea.grpc.auth.allow.\"" + pattern + "\" means no method");
    }

    @Test
    void aRuleWithoutRolesIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MethodRules.of(Map.of("*", " , "), METHODS))
                .withMessageContaining("names no role");
    }
}
