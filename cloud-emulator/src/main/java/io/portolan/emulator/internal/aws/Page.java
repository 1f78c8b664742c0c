package io.portolan.emulator.internal.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list that may change between calls.
 *
 * @param items on the page
 * @param next token of the next page, null if this is the last
 */
public record Page<T>(List<T> items, @Nullable String next) {

    /**
     * Cuts a page.
     *
     * @param all the whole list, in its order
     * @param key by which an item is found again, unique
     * @param size of a page at most
     * @param token of the page, a missing node for the first
     * @return the page
     * @throws AwsError if the token is not one of ours
     */
    public static <T> Page<T> of(List<T> all, Function<T, String> key, int size, JsonNode token) {
        int from = token.isTextual() ? start(all, key, token.asText()) : 0;
        int to = Math.min(from + size, all.size());
        String next = to < all.size() ? encode(to + " " + key.apply(all.get(to))) : null;
        return new Page<>(List.copyOf(all.subList(from, to)), next);
    }

    /**
     * Tells of the next page, if there is one.
     *
     * @param output the answer
     * @param member such as {@code nextToken}
     */
    public void putNext(ObjectNode output, String member) {
        if (next != null) {
            output.put(member, next);
        }
    }

    /** Where the item of a token is now, or where it was if it is gone. */
    private static <T> int start(List<T> all, Function<T, String> key, String token) {
        String[] parts = decode(token).split(" ", 2);
        if (parts.length < 2 || !parts[0].matches("\\d{1,9}")) {
            throw invalidToken();
        }
        for (int i = 0; i < all.size(); i++) {
            if (key.apply(all.get(i)).equals(parts[1])) {
                return i;
            }
        }
        return Math.min(Integer.parseInt(parts[0]), all.size());
    }

    private static String encode(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String decode(String token) {
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw invalidToken();
        }
    }

    private static AwsError invalidToken() {
        return AwsError.invalidParameter("The specified nextToken is invalid.");
    }
}
