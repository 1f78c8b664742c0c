package io.portolan.emulator.internal.aws.logs;

import io.portolan.emulator.internal.aws.AwsError;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A filter pattern of terms, which are case-sensitive: {@code a "b c"} for both, {@code ?a ?b} for any, {@code -a} for none.
 *
 * @param all of these
 * @param any of these, if there are some
 * @param none of these
 */
record FilterTerms(List<String> all, List<String> any, List<String> none) {
    private static final Pattern TERM = Pattern.compile("([?-]?)(?:\"([^\"]*)\"|(\\S+))");

    static FilterTerms parse(String pattern) {
        String text = pattern.strip();
        if (text.startsWith("{") || text.startsWith("[") || text.startsWith("%")) {
            throw AwsError.invalidParameter("The emulator filters by terms only.");
        }
        FilterTerms terms = new FilterTerms(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        Matcher matcher = TERM.matcher(text);
        while (matcher.find()) {
            String term = matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
            terms.listOf(matcher.group(1)).add(term);
        }
        return terms;
    }

    boolean match(String message) {
        return all.stream().allMatch(message::contains)
                && (any.isEmpty() || any.stream().anyMatch(message::contains))
                && none.stream().noneMatch(message::contains);
    }

    private List<String> listOf(String sign) {
        return switch (sign) {
            case "?" -> any;
            case "-" -> none;
            default -> all;
        };
    }
}
