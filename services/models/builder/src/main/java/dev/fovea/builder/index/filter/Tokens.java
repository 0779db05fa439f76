package dev.fovea.builder.index.filter;

import dev.fovea.builder.index.filter.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/// Splits a filter into words.
final class Tokens {

    private static final List<String> SYMBOLS = List.of(">=", "<=", "!=", "==", "=", ">", "<", "(", ")", ",");

    private final String filter;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Tokens(String filter) {
        this.filter = filter;
    }

    /// Ends with one token of kind END.
    ///
    /// @throws IllegalArgumentException naming the position of what is no word
    static List<Token> of(String filter) {
        return new Tokens(filter).split();
    }

    private List<Token> split() {
        while (at < filter.length()) {
            char next = filter.charAt(at);
            if (Character.isWhitespace(next)) {
                at++;
            } else if (next == '"' || next == '\'') {
                add(Kind.TEXT, quoted(next));
            } else if (next == '`') {
                add(Kind.FIELD, quoted(next));
            } else if (Character.isLetter(next) || next == '_') {
                run(Kind.WORD, "_-.");
            } else if (Character.isDigit(next) || "+-.".indexOf(next) >= 0) {
                run(Kind.NUMERIC, "+-.:");
            } else {
                symbol();
            }
        }
        tokens.add(new Token(Kind.END, "", filter.length() + 1));
        return tokens;
    }

    private void add(Kind kind, Quoted quoted) {
        tokens.add(new Token(kind, quoted.text, at + 1));
        at = quoted.end;
    }

    /// Letters, digits and some more.
    private void run(Kind kind, String more) {
        int start = at;
        while (at < filter.length()
                && (Character.isLetterOrDigit(filter.charAt(at)) || more.indexOf(filter.charAt(at)) >= 0)) {
            at++;
        }
        tokens.add(new Token(kind, filter.substring(start, at), start + 1));
    }

    private void symbol() {
        String symbol = SYMBOLS.stream()
                .filter(known -> filter.startsWith(known, at))
                .findFirst()
                .orElseThrow(() -> FilterText.refuse(
                        at + 1, "'" + filter.substring(at, filter.offsetByCodePoints(at, 1)) + "' means nothing here"));
        tokens.add(new Token(Kind.SYMBOL, symbol, at + 1));
        at += symbol.length();
    }

    /// @param end index behind the closing quote
    private record Quoted(String text, int end) {}

    /// A backslash makes the next letter an ordinary one.
    private Quoted quoted(char quote) {
        var text = new StringBuilder();
        for (int i = at + 1; i < filter.length(); i++) {
            char next = filter.charAt(i);
            if (next == quote) {
                return new Quoted(text.toString(), i + 1);
            }
            if (next == '\\' && i + 1 < filter.length()) {
                i++;
                next = filter.charAt(i);
            }
            text.append(next);
        }
        throw FilterText.refuse(at + 1, "the closing " + quote + " is missing");
    }
}
