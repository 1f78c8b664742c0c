package io.portolan.testkit.fake;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A canned program.
 *
 * @param outcome how it ends
 * @param lines what it prints at its start
 * @param time how long it runs, null for ever
 * @param start whether and how it starts
 * @param deaf whether it goes on when asked to stop
 */
record ScriptedProgram(
        Outcome outcome, List<String> lines, @Nullable Duration time, Start start, boolean deaf)
        implements FakeProgram {
    enum Start {
        NORMAL,
        NEVER,
        REFUSED
    }

    ScriptedProgram(Outcome outcome) {
        this(outcome, List.of(), Duration.ZERO, Start.NORMAL, false);
    }

    ScriptedProgram lines(List<String> value) {
        return new ScriptedProgram(outcome, value, time, start, deaf);
    }

    ScriptedProgram time(@Nullable Duration value) {
        return new ScriptedProgram(outcome, lines, value, start, deaf);
    }

    ScriptedProgram unplaced() {
        return new ScriptedProgram(outcome, lines, null, Start.NEVER, deaf);
    }

    ScriptedProgram refused() {
        return new ScriptedProgram(outcome, lines, Duration.ZERO, Start.REFUSED, deaf);
    }

    ScriptedProgram ignoringStop() {
        return new ScriptedProgram(outcome, lines, time, start, true);
    }

    /** The same within a piece of Java that calls this program. */
    @Override
    public int run(FakeProcess process) throws InterruptedException {
        lines.forEach(process::print);
        if (time != null && !deaf) {
            process.sleep(time);
            throw new Outcome.Ended(outcome);
        }
        while (true) {
            try {
                process.sleep(Duration.ofDays(1));
            } catch (InterruptedException stop) {
                if (!deaf) {
                    throw stop;
                }
            }
        }
    }
}
