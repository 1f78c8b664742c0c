package io.portolan.emulator.internal.gcp.logging;

/** A filter is not of the language. */
final class UnparseableFilter extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnparseableFilter(FilterToken token) {
        super("Unparseable filter: syntax error at line " + token.line() + ", column " + token.column() + ", token '"
                + token.text() + "'");
    }
}
