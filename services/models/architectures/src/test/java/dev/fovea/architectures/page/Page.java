package dev.fovea.architectures.page;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A page whose tables stand between markers.
record Page(String text) {

    private static final Pattern TABLE =
            Pattern.compile("(<!-- generated: ([^>]+?) -->\n).*?(<!-- end -->)", Pattern.DOTALL);

    /// Names of its tables, in their order.
    Set<String> tables() {
        Set<String> names = new LinkedHashSet<>();
        TABLE.matcher(text).results().forEach(match -> names.add(match.group(2)));
        return names;
    }

    /// The same page with other tables.
    ///
    /// @throws IllegalArgumentException if it has a table that is not given
    Page with(Map<String, String> tables) {
        return new Page(TABLE.matcher(text).replaceAll(match -> {
            String table = tables.get(match.group(2));
            if (table == null) {
                throw new IllegalArgumentException("no table \"" + match.group(2) + "\"; there is " + tables.keySet());
            }
            return Matcher.quoteReplacement(match.group(1) + "\n" + table + "\n\n" + match.group(3));
        }));
    }
}
