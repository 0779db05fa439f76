package dev.fovea.grpc.auth;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Which roles may call which methods.
///
/// The most specific rule decides: a method, then its service, then all. Without any rule everyone may call everything;
/// with rules, what none of them is about may be called by nobody.
///
/// @param rolesByPattern by `package.Service/Method`, `package.Service/*` or `*`
public record MethodRules(Map<String, Set<String>> rolesByPattern) {
    private static final String ANY = "*";
    private static final Pattern FORM = Pattern.compile("\\*|[\\w.]+/(\\w+|\\*)");

    public MethodRules {
        rolesByPattern = Map.copyOf(rolesByPattern);
    }

    /// @param rules roles by pattern, comma-separated; `*` among them is anyone with a token
    /// @param methods full names of those that can be meant; a rule with a slip in it would leave what it means
    ///     to a wider rule
    /// @throws IllegalArgumentException if a pattern means no method or names no role
    public static MethodRules of(Map<String, String> rules, Set<String> methods) {
        Map<String, Set<String>> parsed = new TreeMap<>();
        rules.forEach((pattern, roles) -> {
            requireMeaning(pattern, methods);
            parsed.put(pattern, roles(pattern, roles));
        });
        return new MethodRules(parsed);
    }

    /// Roles that may call a method; empty: any caller with a token.
    ///
    /// @param method full name, `package.Service/Method`
    public Optional<Set<String>> rolesFor(String method) {
        if (rolesByPattern.isEmpty()) {
            return Optional.empty();
        }
        String service = method.substring(0, method.lastIndexOf('/') + 1) + ANY;
        for (String pattern : new String[] {method, service, ANY}) {
            Set<String> roles = rolesByPattern.get(pattern);
            if (roles != null) {
                return roles.contains(ANY) ? Optional.empty() : Optional.of(roles);
            }
        }
        return Optional.of(Set.of());
    }

    private static void requireMeaning(String pattern, Set<String> methods) {
        String service = pattern.substring(0, pattern.lastIndexOf('/') + 1);
        boolean means = pattern.endsWith(ANY)
                ? methods.stream().anyMatch(method -> method.startsWith(service))
                : methods.contains(pattern);
        if (!FORM.matcher(pattern).matches() || !means) {
            throw new IllegalArgumentException("fovea.grpc.auth.allow.\"" + pattern
                    + "\" means no method: name a method (fovea.v1.GlobalRetrieval/Upsert), a service"
                    + " (fovea.v1.GlobalRetrieval/*) or all (*)");
        }
    }

    private static Set<String> roles(String pattern, String text) {
        Set<String> roles = new LinkedHashSet<>();
        Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(role -> !role.isEmpty())
                .forEach(roles::add);
        if (roles.isEmpty()) {
            throw new IllegalArgumentException(
                    "fovea.grpc.auth.allow.\"" + pattern + "\" names no role; * is any caller with a token");
        }
        return roles;
    }
}
