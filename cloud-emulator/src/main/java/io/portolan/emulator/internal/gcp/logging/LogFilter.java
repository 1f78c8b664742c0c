package io.portolan.emulator.internal.gcp.logging;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Predicate;

/** A filter in the query language of Cloud Logging: comparisons, AND, OR, NOT and parentheses. Functions and search are refused. */
final class LogFilter {
    private final List<FilterToken> tokens;
    private int at;

    private LogFilter(List<FilterToken> tokens) {
        this.tokens = tokens;
    }

    /**
     * Reads a filter.
     *
     * @param text empty for everything
     * @return which entries it takes
     * @throws UnparseableFilter if it is not of the language
     */
    static Predicate<JsonNode> parse(String text) {
        LogFilter filter = new LogFilter(FilterToken.read(text));
        if (filter.peek().isEnd()) {
            return entry -> true;
        }
        Predicate<JsonNode> all = filter.conjunction();
        if (!filter.peek().isEnd()) {
            throw filter.unexpected();
        }
        return all;
    }

    /** Parts that follow one another are joined by AND, which binds less than OR. */
    private Predicate<JsonNode> conjunction() {
        Predicate<JsonNode> all = disjunction();
        while (!peek().isEnd() && !peek().is(")")) {
            if (peek().isWord("AND")) {
                at++;
            }
            all = all.and(disjunction());
        }
        return all;
    }

    private Predicate<JsonNode> disjunction() {
        Predicate<JsonNode> any = negation();
        while (peek().isWord("OR")) {
            at++;
            any = any.or(negation());
        }
        return any;
    }

    private Predicate<JsonNode> negation() {
        if (peek().isWord("NOT") || peek().is("-")) {
            at++;
            return negation().negate();
        }
        if (peek().is("(")) {
            at++;
            Predicate<JsonNode> inner = conjunction();
            expect(")");
            return inner;
        }
        return comparison();
    }

    private Predicate<JsonNode> comparison() {
        FilterToken path = take();
        if (path.kind() != FilterToken.Kind.WORD) {
            at--;
            throw unexpected();
        }
        FilterToken operator = take();
        if (!operator.isComparison()) {
            at--;
            throw unexpected();
        }
        FieldTest test = new FieldTest(path.path(), operator.text());
        if (!peek().is("(")) {
            return test.with(value());
        }
        at++;
        Predicate<JsonNode> any = test.with(value());
        while (peek().isWord("OR")) {
            at++;
            any = any.or(test.with(value()));
        }
        expect(")");
        return any;
    }

    private String value() {
        FilterToken token = take();
        if (token.kind() != FilterToken.Kind.WORD && token.kind() != FilterToken.Kind.QUOTED) {
            at--;
            throw unexpected();
        }
        return token.text();
    }

    private void expect(String symbol) {
        if (!take().is(symbol)) {
            at--;
            throw unexpected();
        }
    }

    private FilterToken peek() {
        return tokens.get(at);
    }

    private FilterToken take() {
        FilterToken token = tokens.get(at);
        if (!token.isEnd()) {
            at++;
        } else {
            throw unexpected();
        }
        return token;
    }

    private UnparseableFilter unexpected() {
        return new UnparseableFilter(tokens.get(Math.max(at, 0)));
    }
}
