package io.portolan.testkit.conformance;

import io.portolan.run.Failure;
import io.portolan.run.FailureCause;
import io.portolan.spec.WorkloadBuilder;
import io.portolan.testkit.fake.FakeHandler;
import io.portolan.testkit.fake.FakePlatform;
import io.portolan.testkit.fake.FakeProcess;
import io.portolan.testkit.fake.FakeProgram;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/** Test programs on a fake platform: one image that finds its program by its command. */
final class FakePrograms implements TestPrograms {
    static final String IMAGE = "conformance:1";

    private final List<TestProgram> programs = new CopyOnWriteArrayList<>();

    FakePrograms(FakePlatform platform) {
        platform.program(IMAGE, process -> program(process).run(process));
        platform.program(
                "bad-command:1",
                FakeProgram.refused(Failure.of(FailureCause.BAD_COMMAND, "the image has no such command")));
    }

    private FakeProgram program(FakeProcess process) {
        return of(programs.get(Integer.parseInt(process.command().get(1))));
    }

    @Override
    public <B extends WorkloadBuilder<B>> B into(B builder, TestProgram program) {
        if (program instanceof TestProgram.MissingImage) {
            return builder.image("nowhere.example/missing:1");
        }
        if (program instanceof TestProgram.BadCommand) {
            return builder.image("bad-command:1");
        }
        programs.add(program);
        List<String> args = program instanceof TestProgram.ShowArgs show ? show.args() : List.of();
        return builder.image(IMAGE)
                .command("program", Integer.toString(programs.indexOf(program)))
                .args(args.toArray(String[]::new));
    }

    private static FakeProgram of(TestProgram program) {
        if (program instanceof TestProgram.Exit exit) {
            return FakeProgram.exits(exit.code());
        }
        if (program instanceof TestProgram.FailTask fail) {
            return process -> process.index() == fail.index() ? fail.code() : 0;
        }
        if (program instanceof TestProgram.FailFirstAttempt fail) {
            return process -> {
                if (process.attempt() > 0) {
                    process.print("attempt " + process.attempt());
                }
                return process.attempt() > 0 ? 0 : fail.code();
            };
        }
        if (program instanceof TestProgram.DieBySignal die) {
            return FakeProgram.killedBySignal(die.number());
        }
        if (program instanceof TestProgram.OutOfMemory) {
            return FakeProgram.outOfMemory();
        }
        if (program instanceof TestProgram.HttpEcho echo) {
            return process -> serve(process, echo);
        }
        return writing(program);
    }

    private static FakeProgram writing(TestProgram program) {
        if (program instanceof TestProgram.Print print) {
            return FakeProgram.prints(print.lines().toArray(String[]::new));
        }
        if (program instanceof TestProgram.PrintMany many) {
            return process -> {
                for (int i = 1; i <= many.count(); i++) {
                    process.print("line " + i);
                    if (!many.pause().isZero()) {
                        process.sleep(many.pause());
                    }
                }
                return 0;
            };
        }
        if (program instanceof TestProgram.PrintLong line) {
            return FakeProgram.prints("x".repeat(line.length()));
        }
        if (program instanceof TestProgram.PrintBoth) {
            return process -> {
                process.print("out");
                process.printError("err");
                return 0;
            };
        }
        if (program instanceof TestProgram.Sleep sleep) {
            return process -> {
                process.print("started");
                process.sleep(sleep.time());
                return 0;
            };
        }
        return staying(program);
    }

    private static FakeProgram staying(TestProgram program) {
        if (program instanceof TestProgram.IgnoreStop) {
            return FakeProgram.ignoresStop();
        }
        if (program instanceof TestProgram.TidyUp tidy) {
            return process -> {
                process.print("started");
                try {
                    process.sleep(Duration.ofDays(1));
                } catch (InterruptedException stop) {
                    process.sleep(tidy.time());
                    process.print("tidied");
                }
                return 0;
            };
        }
        return looking(program);
    }

    private static FakeProgram looking(TestProgram program) {
        return process -> {
            if (program instanceof TestProgram.ShowArgs) {
                process.args().forEach(a -> process.print(Encoded.line("arg", a)));
            } else if (program instanceof TestProgram.ShowEnv show) {
                show.names()
                        .forEach(n -> process.print(
                                process.env(n).map(v -> Encoded.line(n, v)).orElse(n + "!")));
            } else if (program instanceof TestProgram.WhoAmI) {
                process.print("user=" + process.container().user().orElse("0:0"));
                process.print("dir=" + process.container().workingDirectory().orElse("/"));
                process.print("init=" + (process.container().initProcess() ? "yes" : "no"));
            } else if (program instanceof TestProgram.TryWrite write) {
                process.print(canWrite(process, write) ? "written" : "refused");
            } else if (program instanceof TestProgram.AppendMark mark) {
                process.files().append(mark.path(), process.index() + "/" + process.attempt() + "\n");
            } else if (program instanceof TestProgram.ReadFile read) {
                process.print(process.files().read(read.path()).orElseThrow());
            } else if (program instanceof TestProgram.HttpGet get) {
                process.print(process.get(get.url()).body());
            } else {
                throw new IllegalArgumentException("no script for " + program);
            }
            return 0;
        };
    }

    private static boolean canWrite(FakeProcess process, TestProgram.TryWrite write) {
        try {
            process.files().allocate(write.path(), write.bytes());
            return true;
        } catch (UncheckedIOException refused) {
            return false;
        }
    }

    private static int serve(FakeProcess process, TestProgram.HttpEcho echo) throws InterruptedException {
        String mark = process.env("MARK").orElse("");
        AtomicBoolean broken = new AtomicBoolean();
        process.print("started " + mark);
        process.sleep(echo.startup());
        process.serve(request -> {
            if (request.path().equals(TestProgram.HttpEcho.BREAK)) {
                broken.set(true);
            }
            if (request.path().equals(TestProgram.HttpEcho.ALIVE)) {
                return new FakeHandler.Response(broken.get() ? 500 : 200, "");
            }
            return FakeHandler.Response.ok("MARK=" + mark + "\nREPLICA=" + process.hostname() + "\nPORT="
                    + process.env("PORT").orElse("") + "\n");
        });
        return 0;
    }
}
