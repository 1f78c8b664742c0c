package io.portolan.testkit.conformance;

import io.portolan.spec.WorkloadBuilder;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Test programs as {@code sh -c} lines, for an image with a POSIX shell and BusyBox's {@code base64}, {@code httpd}, {@code nslookup}, {@code nc} and
 * {@code sleep} with fractions; Debian's {@code busybox-static} has all of them.
 */
public final class ShellPrograms implements TestPrograms {
    private static final String UNTIL_STOPPED = "echo started; while :; do sleep 0.1; done";

    private final String image;
    private final String missingImage;

    /**
     * Programs in one image.
     *
     * @param image an image that the platform has, with {@code /bin/sh}
     * @param missingImage a name under which there is no image
     */
    public ShellPrograms(String image, String missingImage) {
        this.image = Objects.requireNonNull(image, "image");
        this.missingImage = Objects.requireNonNull(missingImage, "missingImage");
    }

    @Override
    public <B extends WorkloadBuilder<B>> B into(B builder, TestProgram program) {
        if (program instanceof TestProgram.BadCommand) {
            return builder.image(image).command("/no/such/program");
        }
        if (program instanceof TestProgram.MissingImage) {
            return builder.image(missingImage).command("/bin/true");
        }
        return builder.image(image)
                .command("/bin/sh", "-c", script(program), "sh")
                .args(args(program).toArray(String[]::new));
    }

    private static List<String> args(TestProgram program) {
        if (program instanceof TestProgram.Print print) {
            return print.lines();
        }
        if (program instanceof TestProgram.ShowArgs show) {
            return show.args();
        }
        return program instanceof TestProgram.ShowEnv show ? show.names() : List.of();
    }

    private static String script(TestProgram program) {
        if (program instanceof TestProgram.HttpEcho echo) {
            return httpEcho(echo);
        }
        if (program instanceof TestProgram.Exit exit) {
            return "exit " + exit.code();
        }
        if (program instanceof TestProgram.FailTask fail) {
            return "[ \"$CLOUD_RUN_TASK_INDEX\" != " + fail.index() + " ] || exit " + fail.code();
        }
        if (program instanceof TestProgram.FailFirstAttempt fail) {
            return "[ \"$CLOUD_RUN_TASK_ATTEMPT\" -gt 0 ] || exit " + fail.code()
                    + "; echo \"attempt $CLOUD_RUN_TASK_ATTEMPT\"";
        }
        if (program instanceof TestProgram.DieBySignal die) {
            // The shell may be the first process of the container, which a signal to itself does not end.
            return "sh -c 'kill -" + die.number() + " $$'; exit $?";
        }
        return program instanceof TestProgram.OutOfMemory ? "exec tail /dev/zero" : other(program);
    }

    private static String other(TestProgram program) {
        if (program instanceof TestProgram.Print) {
            return "for line in \"$@\"; do printf '%s\\n' \"$line\"; done";
        }
        if (program instanceof TestProgram.PrintMany many) {
            return "i=1; while [ $i -le " + many.count() + " ]; do echo \"line $i\"; i=$((i+1)); "
                    + (many.pause().isZero() ? "" : "sleep " + seconds(many.pause()) + "; ") + "done";
        }
        if (program instanceof TestProgram.PrintLong line) {
            return "head -c " + line.length() + " /dev/zero | tr '\\0' x; echo";
        }
        if (program instanceof TestProgram.PrintBoth) {
            return "echo out; echo err >&2";
        }
        if (program instanceof TestProgram.Sleep sleep) {
            return "trap 'kill $p; exit 143' TERM; echo started; sleep " + seconds(sleep.time()) + " & p=$!; wait $p";
        }
        if (program instanceof TestProgram.IgnoreStop) {
            return "trap '' TERM; " + UNTIL_STOPPED;
        }
        if (program instanceof TestProgram.TidyUp tidy) {
            return "trap 'sleep " + seconds(tidy.time()) + "; echo tidied; exit 0' TERM; " + UNTIL_STOPPED;
        }
        return looking(program);
    }

    private static String looking(TestProgram program) {
        if (program instanceof TestProgram.ShowArgs) {
            return "for a in \"$@\"; do echo \"arg=$(printf %s \"$a\" | base64 | tr -d '\\n')\"; done";
        }
        if (program instanceof TestProgram.ShowEnv) {
            return "for n in \"$@\"; do if eval \"[ -n \\\"\\${$n+set}\\\" ]\"; then "
                    + "echo \"$n=$(eval \"printf %s \\\"\\$$n\\\"\" | base64 | tr -d '\\n')\"; else echo \"$n!\"; fi; done";
        }
        if (program instanceof TestProgram.WhoAmI) {
            return "echo \"user=$(id -u):$(id -g)\"; echo \"dir=$(pwd)\"; "
                    + "if [ $$ = 1 ]; then echo init=no; else echo init=yes; fi";
        }
        if (program instanceof TestProgram.TryWrite write) {
            return "if head -c " + write.bytes() + " /dev/zero 2>/dev/null > '" + write.path()
                    + "'; then echo written; else echo refused; fi";
        }
        if (program instanceof TestProgram.AppendMark mark) {
            return "echo \"$CLOUD_RUN_TASK_INDEX/$CLOUD_RUN_TASK_ATTEMPT\" >> '" + mark.path() + "'";
        }
        if (program instanceof TestProgram.ReadFile read) {
            return "cat '" + read.path() + "'";
        }
        if (program instanceof TestProgram.HttpGet get) {
            return httpGet(URI.create(get.url()));
        }
        throw new IllegalArgumentException("test program was '" + program + "' but no shell line is known for it");
    }

    /** Not by {@code wget}: the one in a statically linked BusyBox may crash while it looks a name up. */
    private static String httpGet(URI uri) {
        int port = uri.getPort() < 0 ? 80 : uri.getPort();
        return "for i in 1 2 3 4 5; do a=$(nslookup '" + uri.getHost()
                + "' 2>/dev/null | while read k v; do [ \"$k\" = Address: ] && echo \"$v\"; done | tail -n 1); "
                + "[ -n \"$a\" ] && printf 'GET " + uri.getRawPath() + " HTTP/1.0\\r\\nHost: " + uri.getAuthority()
                + "\\r\\n\\r\\n' | nc \"$a\" " + port + " && exit 0; sleep 1; done; exit 1";
    }

    private static String httpEcho(TestProgram.HttpEcho echo) {
        return """
                w=/tmp/www; mkdir -p $w/cgi-bin; rm -f /tmp/broken
                cat > $w/cgi-bin/index.cgi <<'END'
                #!/bin/sh
                printf 'Content-Type: text/plain\\r\\n\\r\\n'
                printf 'MARK=%%s\\nREPLICA=%%s\\nPORT=%%s\\n' "$MARK" "$(hostname)" "$PORT"
                END
                cat > $w/cgi-bin/alive <<'END'
                #!/bin/sh
                if [ -e /tmp/broken ]; then printf 'Status: 500 Broken\\r\\n'; fi
                printf 'Content-Type: text/plain\\r\\n\\r\\n'
                END
                cat > $w/cgi-bin/break <<'END'
                #!/bin/sh
                : > /tmp/broken
                printf 'Content-Type: text/plain\\r\\n\\r\\n'
                END
                chmod +x $w/cgi-bin/*
                echo "started $MARK"
                trap 'kill $p; exit 0' TERM
                sleep %s & p=$!; wait $p
                httpd -f -p "$PORT" -h $w & p=$!; wait $p
                """.formatted(seconds(echo.startup()));
    }

    private static String seconds(Duration time) {
        return BigDecimal.valueOf(time.toMillis(), 3).toPlainString();
    }
}
