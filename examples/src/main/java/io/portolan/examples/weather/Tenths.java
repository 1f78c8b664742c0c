package io.portolan.examples.weather;

import java.math.BigDecimal;

/** Numbers with one decimal as whole tenths: their sums are exact in any order, so results do not depend on how the work was parted. */
final class Tenths {

    private Tenths() {}

    static int parse(String text) {
        return new BigDecimal(text).movePointRight(1).intValueExact();
    }

    static BigDecimal toDecimal(long tenths) {
        return BigDecimal.valueOf(tenths, 1);
    }
}
