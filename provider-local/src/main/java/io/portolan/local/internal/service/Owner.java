package io.portolan.local.internal.service;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;

/**
 * Names processes in a way that another process can check: {@code host/pid/start}. A process that was killed cannot say so itself; the
 * others find out that its id is gone, or given to a process that started at another time.
 */
final class Owner {
    private static final String UNKNOWN_START = "0";

    private Owner() {}

    /** This process. */
    static String current() {
        ProcessHandle self = ProcessHandle.current();
        return host() + "/" + self.pid() + "/" + start(self);
    }

    /** False only if the process is certainly gone: one of another machine, or one that cannot be looked at, may live. */
    static boolean mayLive(String owner) {
        String[] parts = owner.split("/", -1);
        if (parts.length != 3 || !parts[0].equals(host()) || !parts[1].matches("\\d{1,18}")) {
            return true;
        }
        return ProcessHandle.of(Long.parseLong(parts[1]))
                .map(process -> {
                    String start = start(process);
                    return process.isAlive()
                            && (start.equals(UNKNOWN_START)
                                    || parts[2].equals(UNKNOWN_START)
                                    || start.equals(parts[2]));
                })
                .orElse(false);
    }

    private static String start(ProcessHandle process) {
        return process.info()
                .startInstant()
                .map(Instant::toEpochMilli)
                .map(String::valueOf)
                .orElse(UNKNOWN_START);
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
