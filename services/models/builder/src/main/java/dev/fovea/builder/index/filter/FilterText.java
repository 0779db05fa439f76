package dev.fovea.builder.index.filter;

import dev.fovea.builder.index.filter.Token.Kind;
import dev.fovea.proto.v1.Filter;
import dev.fovea.proto.v1.FilterList;
import java.util.ArrayList;
import java.util.List;

/// A condition on metadata as people write it: `price >= 10 and (kind in ("a", "b")) and not sold`.
///
/// ```
/// filter     = all { "or" all }
/// all        = condition { "and" condition }
/// condition  = "not" condition | "(" filter ")" | field [ comparison ]
/// comparison = ( "=" | "==" | "!=" | ">" | ">=" | "<" | "<=" ) value
///            | [ "not" ] "in" "(" value { "," value } ")"
/// field      = a letter or _, then letters, digits, _ - . ; or anything in back quotes
/// value      = "text" or 'text' (\ before a quote) | number | 2026-11-21 | 2026-11-21T08:30:00Z
/// ```
///
/// A field alone means that its text is `true`. An image without the field meets no comparison but `!=`, `not in` and
/// `not`. A date is its midnight in UTC.
public final class FilterText {

    /// Far above what services accept; keeps the stack small.
    private static final int MAX_DEPTH = 100;

    private final List<Token> tokens;
    private int at;
    private int depth;

    private FilterText(List<Token> tokens) {
        this.tokens = tokens;
    }

    /// @throws IllegalArgumentException naming the position and what was expected there
    public static Filter parse(String filter) {
        var text = new FilterText(Tokens.of(filter));
        Filter parsed = text.any();
        if (text.peek().kind() != Kind.END) {
            throw text.expected("\"and\", \"or\" or the end is expected");
        }
        return parsed;
    }

    static IllegalArgumentException refuse(int position, String sentence) {
        return new IllegalArgumentException("filter, character " + position + ": " + sentence);
    }

    private Filter any() {
        List<Filter> filters = new ArrayList<>(List.of(all()));
        while (takeKeyword("or")) {
            filters.add(all());
        }
        return filters.size() == 1
                ? filters.getFirst()
                : Filter.newBuilder().setOr(list(filters)).build();
    }

    private Filter all() {
        List<Filter> filters = new ArrayList<>(List.of(condition()));
        while (takeKeyword("and")) {
            filters.add(condition());
        }
        return filters.size() == 1
                ? filters.getFirst()
                : Filter.newBuilder().setAnd(list(filters)).build();
    }

    private static FilterList list(List<Filter> filters) {
        return FilterList.newBuilder().addAllFilters(filters).build();
    }

    private Filter condition() {
        if (++depth > MAX_DEPTH) {
            throw refuse(peek().at(), "more than " + MAX_DEPTH + " conditions are nested");
        }
        Filter condition;
        if (takeKeyword("not")) {
            condition = Comparison.not(condition());
        } else if (takeSymbol("(")) {
            condition = any();
            require(")", "\"and\", \"or\" or ) is expected");
        } else {
            condition = comparison(field());
        }
        depth--;
        return condition;
    }

    private String field() {
        Token token = peek();
        boolean keyword = token.isKeyword("and") || token.isKeyword("or") || token.isKeyword("in");
        if (keyword || (token.kind() != Kind.WORD && token.kind() != Kind.FIELD)) {
            throw expected("a field, \"not\" or ( is expected");
        }
        at++;
        return token.text();
    }

    private Filter comparison(String field) {
        Token token = peek();
        if (token.isKeyword("in")) {
            at++;
            return Comparison.in(field, values());
        }
        if (token.isKeyword("not")) {
            at++;
            if (!takeKeyword("in")) {
                throw expected("\"in\" is expected");
            }
            return Comparison.not(Comparison.in(field, values()));
        }
        if (token.kind() == Kind.SYMBOL && Comparison.SIGNS.contains(token.text())) {
            at++;
            return Comparison.of(field, token, value());
        }
        return Comparison.isTrue(field);
    }

    private List<Literal> values() {
        require("(", "( is expected");
        List<Literal> values = new ArrayList<>(List.of(value()));
        while (takeSymbol(",")) {
            values.add(value());
        }
        require(")", "a comma or ) is expected");
        return values;
    }

    private Literal value() {
        Token token = peek();
        if (token.kind() != Kind.TEXT && token.kind() != Kind.NUMERIC) {
            throw expected("a \"text\", a number or a time is expected");
        }
        at++;
        return Literal.of(token);
    }

    private Token peek() {
        return tokens.get(at);
    }

    private boolean takeKeyword(String keyword) {
        boolean there = peek().isKeyword(keyword);
        at += there ? 1 : 0;
        return there;
    }

    private boolean takeSymbol(String symbol) {
        boolean there = peek().isSymbol(symbol);
        at += there ? 1 : 0;
        return there;
    }

    private void require(String symbol, String expectation) {
        if (!takeSymbol(symbol)) {
            throw expected(expectation);
        }
    }

    private IllegalArgumentException expected(String expectation) {
        return refuse(peek().at(), expectation + ", but " + peek().described());
    }
}
