package dev.fovea.builder.index.filter;

/// A word of a filter.
///
/// @param text as it is meant: of quoted text without its quotes
/// @param at where it starts, counted from 1
record Token(Kind kind, String text, int at) {

    enum Kind {
        /// A field or a keyword.
        WORD,
        /// A field in back quotes, which is never a keyword.
        FIELD,
        /// In single or double quotes.
        TEXT,
        /// What starts with a digit, a sign or a point: a number or a time.
        NUMERIC,
        /// A comparison, a bracket or a comma.
        SYMBOL,
        END
    }

    boolean isSymbol(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    /// Keywords are written in any case.
    boolean isKeyword(String keyword) {
        return kind == Kind.WORD && text.equalsIgnoreCase(keyword);
    }

    /// For messages.
    String described() {
        return switch (kind) {
            case END -> "the filter ends";
            case TEXT -> "the text \"" + text + "\" stands there";
            case WORD, FIELD, NUMERIC, SYMBOL -> text + " stands there";
        };
    }
}
