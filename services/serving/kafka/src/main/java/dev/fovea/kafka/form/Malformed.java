package dev.fovea.kafka.form;

import dev.fovea.inference.failure.InvalidInput;

/// Words a record that is no event of its topic.
public final class Malformed {

    public static final String CODE = "EVENT_MALFORMED";

    private static final int LONGEST_QUOTE = 100;

    private Malformed() {}

    public static InvalidInput because(String sentence) {
        return new InvalidInput(CODE, sentence);
    }

    /// @param value the offending text, quoted up to 100 characters
    public static InvalidInput because(String sentence, String value) {
        String quoted = quote(value);
        return new InvalidInput(CODE, sentence + ": " + quoted, quoted, "");
    }

    private static String quote(String value) {
        String oneLine = value.replaceAll("\\p{Cntrl}+", " ");
        return '"' + (oneLine.length() <= LONGEST_QUOTE ? oneLine : oneLine.substring(0, LONGEST_QUOTE) + "…") + '"';
    }
}
