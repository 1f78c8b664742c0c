package io.portolan.aws.internal.record;

import io.portolan.run.AttemptStatus;
import io.portolan.run.StopReason;
import java.time.Instant;
import java.util.Objects;

/** One line of the journal: something that happened to an attempt. */
public sealed interface Fact {
    /**
     * The task.
     *
     * @return its index
     */
    int index();

    /**
     * The try.
     *
     * @return its number
     */
    int attempt();

    /**
     * When it was written.
     *
     * @return by the clock of the writer
     */
    Instant at();

    /**
     * It is about to be launched. Written before the request, so that a launch whose answer was lost is known.
     *
     * @param index the task
     * @param attempt the try
     * @param at when
     */
    record Intent(int index, int attempt, Instant at) implements Fact {
        /** Checks for null. */
        public Intent {
            Objects.requireNonNull(at, "at");
        }
    }

    /**
     * ECS took it.
     *
     * @param index the task
     * @param attempt the try
     * @param at when it was seen
     * @param arn the task
     */
    record Launched(int index, int attempt, Instant at, String arn) implements Fact {
        /** Checks for null. */
        public Launched {
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(arn, "arn");
        }
    }

    /**
     * It is about to be stopped. Written before the request.
     *
     * @param index the task
     * @param attempt the try
     * @param at when
     * @param reason why
     */
    record Stop(int index, int attempt, Instant at, StopReason reason) implements Fact {
        /** Checks for null. */
        public Stop {
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(reason, "reason");
        }
    }

    /**
     * It is over.
     *
     * @param at when it was seen
     * @param status how it ended
     */
    record Ended(Instant at, AttemptStatus status) implements Fact {
        /** Checks for null. */
        public Ended {
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(status, "status");
        }

        @Override
        public int index() {
            return status.key().index();
        }

        @Override
        public int attempt() {
            return status.key().attempt();
        }
    }
}
