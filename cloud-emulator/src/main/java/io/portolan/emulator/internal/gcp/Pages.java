package io.portolan.emulator.internal.gcp;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

/** Cuts lists into pages. */
public final class Pages {
    private Pages() {}

    /**
     * One page of resources, whose token is the name of its first.
     *
     * @param member of the answer, such as {@code jobs}
     * @param all in their order, each with a {@code name}
     * @param request with {@code pageSize} and {@code pageToken}
     * @param most items on a page, also if the request does not say
     */
    public static ObjectNode of(String member, List<ObjectNode> all, RestRequest request, int most) {
        return of(member, all, item -> item.path("name").asText(), item -> item, request, most);
    }

    /**
     * One page of resources, of which only those on it are written.
     *
     * @param member of the answer, such as {@code tasks}
     * @param all in their order
     * @param name of one
     * @param view one as the API tells it
     * @param request with {@code pageSize} and {@code pageToken}
     * @param most items on a page, also if the request does not say
     */
    public static <T> ObjectNode of(
            String member,
            List<T> all,
            Function<T, String> name,
            Function<T, ObjectNode> view,
            RestRequest request,
            int most) {
        int asked = request.queryValue("pageSize").isEmpty() ? 0 : Integer.parseInt(request.queryValue("pageSize"));
        if (asked < 0) {
            throw GcpError.invalid("The page size must not be negative.");
        }
        int size = asked == 0 ? most : Math.min(asked, most);
        int from = start(all, name, request.queryValue("pageToken"));
        int to = Math.min(from + size, all.size());
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        if (from < to) {
            ArrayNode items = page.putArray(member);
            all.subList(from, to).forEach(item -> items.add(view.apply(item)));
        }
        if (to < all.size()) {
            page.put("nextPageToken", encode(to + " " + name.apply(all.get(to))));
        }
        return page;
    }

    /** Where the item of a token is now, or where it was if it is gone. */
    private static <T> int start(List<T> all, Function<T, String> name, String token) {
        if (token.isEmpty()) {
            return 0;
        }
        String[] parts = decode(token).split(" ", 2);
        if (parts.length < 2 || !parts[0].matches("\\d{1,9}")) {
            throw invalid();
        }
        for (int i = 0; i < all.size(); i++) {
            if (name.apply(all.get(i)).equals(parts[1])) {
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
            throw invalid();
        }
    }

    private static GcpError invalid() {
        return GcpError.invalid("Invalid page token.");
    }
}
