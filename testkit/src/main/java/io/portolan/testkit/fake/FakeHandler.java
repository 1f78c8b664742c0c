package io.portolan.testkit.fake;

/** Answers the requests that a replica of a service gets. Called from several threads at once. */
@FunctionalInterface
public interface FakeHandler {
    /**
     * Answers one request.
     *
     * @param request what was asked
     * @return the answer
     * @throws Exception anything is answered with status 500
     */
    Response handle(Request request) throws Exception;

    /**
     * What was asked.
     *
     * @param method for example {@code GET}
     * @param path with the query, starts with {@code /}
     * @param body as text, empty if there is none
     */
    record Request(String method, String path, String body) {}

    /**
     * An answer, in plain text.
     *
     * @param status 200 to 599
     * @param body the text
     */
    record Response(int status, String body) {
        /**
         * An answer with status 200.
         *
         * @param body the text
         * @return the answer
         */
        public static Response ok(String body) {
            return new Response(200, body);
        }
    }
}
