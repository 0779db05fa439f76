package dev.fovea.builder.index.filter;

import dev.fovea.builder.index.metadata.Times;
import dev.fovea.proto.v1.MetadataValue;
import java.time.format.DateTimeParseException;

/// A value in a filter and where it stands.
record Literal(MetadataValue value, int at) {

    private static final String TIME = "[0-9]{4}-.*";

    /// @throws IllegalArgumentException if it is neither a number nor a time
    static Literal of(Token token) {
        var value = MetadataValue.newBuilder();
        if (token.kind() == Token.Kind.TEXT) {
            value.setText(token.text());
        } else if (token.text().matches(TIME)) {
            try {
                value.setTime(Times.parse(token.text()));
            } catch (DateTimeParseException wrong) {
                throw FilterText.refuse(
                        token.at(), token.text() + " is no time, such as 2026-11-21 or 2026-11-21T08:30:00Z");
            }
        } else {
            value.setNumber(number(token));
        }
        return new Literal(value.build(), token.at());
    }

    private static double number(Token token) {
        double number = token.text().matches("[-+.0-9eE]+") ? parsed(token.text()) : Double.NaN;
        if (!Double.isFinite(number)) {
            throw FilterText.refuse(token.at(), token.text() + " is no number (a text stands in quotes)");
        }
        return number;
    }

    private static double parsed(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException wrong) {
            return Double.NaN;
        }
    }

    boolean isText() {
        return value.hasText();
    }
}
