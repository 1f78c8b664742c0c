package io.portolan.testkit.fake;

import java.util.function.Function;

/** A program that is another one for each process. Chosen before the process starts, so that canned programs stay without a thread. */
record ChoosingProgram(Function<FakeProcess, FakeProgram> choice) implements FakeProgram {
    @Override
    public int run(FakeProcess process) throws Exception {
        return choice.apply(process).run(process);
    }
}
