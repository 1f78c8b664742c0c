package io.portolan.emulator.internal.gcp.logging;

import java.util.ArrayList;
import java.util.List;

/**
 * A piece of a filter.
 *
 * @param kind of it
 * @param text without quotes
 * @param path the parts of a word that names a field
 * @param line counted from 1
 * @param column counted from 1
 */
record FilterToken(Kind kind, String text, List<String> path, int line, int column) {
    enum Kind {
        WORD,
        QUOTED,
        SYMBOL,
        END
    }

    boolean isEnd() {
        return kind == Kind.END;
    }

    boolean is(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    boolean isWord(String word) {
        return kind == Kind.WORD && text.equals(word);
    }

    boolean isComparison() {
        return kind == Kind.SYMBOL && List.of("=", "!=", ">", ">=", "<", "<=").contains(text);
    }

    /** Splits a filter; the last token is the end. */
    static List<FilterToken> read(String text) {
        return new Reader(text).all();
    }

    private static final class Reader {
        private final String text;
        private int at;
        private int line = 1;
        private int lineStart;

        Reader(String text) {
            this.text = text;
        }

        List<FilterToken> all() {
            List<FilterToken> tokens = new ArrayList<>();
            skip();
            while (at < text.length()) {
                tokens.add(next());
                skip();
            }
            tokens.add(token(Kind.END, "", List.of(), at));
            return tokens;
        }

        private void skip() {
            while (at < text.length()) {
                char c = text.charAt(at);
                if (c == '-' && text.startsWith("--", at)) {
                    int end = text.indexOf('\n', at);
                    at = end < 0 ? text.length() : end;
                } else if (!Character.isWhitespace(c)) {
                    return;
                } else {
                    at++;
                    if (c == '\n') {
                        line++;
                        lineStart = at;
                    }
                }
            }
        }

        private FilterToken next() {
            int start = at;
            char c = text.charAt(at);
            if (c == '"') {
                String quoted = quoted();
                return token(Kind.QUOTED, quoted, List.of(quoted), start);
            }
            if (isWordPart(c) && c != '-') {
                return word(start);
            }
            boolean two = (text.startsWith("=", at + 1) && "<>!".indexOf(c) >= 0) || text.startsWith("~", at + 1);
            at += two ? 2 : 1;
            return token(Kind.SYMBOL, text.substring(start, at), List.of(), start);
        }

        private FilterToken word(int start) {
            List<String> path = new ArrayList<>();
            StringBuilder part = new StringBuilder();
            while (at < text.length()) {
                char c = text.charAt(at);
                if (c == '"' && part.isEmpty()) {
                    part.append(quoted());
                } else if (c == '.') {
                    path.add(part.toString());
                    part.setLength(0);
                    at++;
                } else if (isWordPart(c)) {
                    part.append(c);
                    at++;
                } else {
                    break;
                }
            }
            path.add(part.toString());
            return token(Kind.WORD, text.substring(start, at), List.copyOf(path), start);
        }

        private String quoted() {
            int start = at;
            StringBuilder value = new StringBuilder();
            at++;
            while (at < text.length() && text.charAt(at) != '"') {
                if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                    at++;
                }
                value.append(text.charAt(at));
                at++;
            }
            if (at >= text.length()) {
                throw new UnparseableFilter(token(Kind.QUOTED, text.substring(start), List.of(), start));
            }
            at++;
            return value.toString();
        }

        private static boolean isWordPart(char c) {
            return Character.isLetterOrDigit(c) || "_-./%+@".indexOf(c) >= 0;
        }

        private FilterToken token(Kind kind, String value, List<String> path, int start) {
            return new FilterToken(kind, value, path, line, start - lineStart + 1);
        }
    }
}
