package io.portolan.examples.weather;

import java.util.List;
import java.util.Map;

/**
 * Which task this container is.
 *
 * @param index from 0
 * @param count how many tasks there are
 * @param attempt 0 for the first try
 */
record TaskPlace(int index, int count, int attempt) {

    TaskPlace {
        if (index < 0 || index >= count || attempt < 0) {
            throw new IllegalArgumentException("task was " + index + " of " + count + ", attempt " + attempt
                    + ", but the index must be 0 to count - 1 and the attempt 0 or more");
        }
    }

    /** From the variables that every provider sets; the only task where they are not set. */
    static TaskPlace of(Map<String, String> environment) {
        return new TaskPlace(
                number(environment, "CLOUD_RUN_TASK_INDEX", 0),
                number(environment, "CLOUD_RUN_TASK_COUNT", 1),
                number(environment, "CLOUD_RUN_TASK_ATTEMPT", 0));
    }

    /** This task's part: neighbouring rows, the parts of equal size but for one row. */
    <T> List<T> partOf(List<T> rows) {
        return rows.subList(boundary(rows.size(), index), boundary(rows.size(), index + 1));
    }

    private int boundary(int rows, int part) {
        return (int) ((long) rows * part / count);
    }

    private static int number(Map<String, String> environment, String name, int fallback) {
        String text = environment.get(name);
        try {
            return text == null ? fallback : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " was '" + text + "' but must be a whole number", e);
        }
    }
}
