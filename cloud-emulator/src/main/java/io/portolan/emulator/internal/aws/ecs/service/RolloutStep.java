package io.portolan.emulator.internal.aws.ecs.service;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What is to be done next to come nearer to the desired tasks.
 *
 * @param start how many new tasks
 * @param stopNew how many new tasks are too many
 * @param stopOld how many old tasks may go, those first that do not serve
 */
record RolloutStep(int start, int stopNew, int stopOld) {
    /**
     * What there is.
     *
     * @param desired how many tasks there should be
     * @param least how many must serve at any time
     * @param most how many there may be at any time
     * @param atOnce whether traffic moves from all old tasks to all new ones at once
     * @param newLive new tasks that are not to stop
     * @param newHealthy how many of them serve
     * @param oldLive old tasks that are not to stop
     * @param oldHealthy how many of them serve
     */
    record Counts(
            int desired,
            int least,
            int most,
            boolean atOnce,
            int newLive,
            int newHealthy,
            int oldLive,
            int oldHealthy) {

        static Counts of(
                int desired, JsonNode configuration, int newLive, int newHealthy, int oldLive, int oldHealthy) {
            int least = configuration.path("minimumHealthyPercent").asInt(100);
            int most = configuration.path("maximumPercent").asInt(200);
            return new Counts(
                    desired,
                    (desired * least + 99) / 100,
                    desired * most / 100,
                    !configuration.path("strategy").asText("ROLLING").equals("ROLLING"),
                    newLive,
                    newHealthy,
                    oldLive,
                    oldHealthy);
        }
    }

    /** New tasks come first; old ones go before that only as far as the limits leave no other way. */
    static RolloutStep of(Counts counts) {
        int missing = Math.max(0, counts.desired - counts.newLive);
        int room = counts.atOnce ? missing : Math.max(0, counts.most - counts.newLive - counts.oldLive);
        int start = Math.min(missing, room);
        int stopNew = Math.max(0, counts.newLive - counts.desired);
        int serving = Math.min(counts.newHealthy, counts.desired);
        if (counts.atOnce) {
            return new RolloutStep(start, stopNew, serving >= counts.desired ? counts.oldLive : 0);
        }
        int stuck = missing - start;
        int idle = counts.oldLive - counts.oldHealthy;
        int surplus = serving + counts.oldHealthy - counts.desired;
        int spare = serving + counts.oldHealthy - counts.least;
        // Tasks that do not serve make room first.
        int early = Math.min(Math.max(0, stuck - idle), Math.max(0, spare));
        int stopServing = Math.min(counts.oldHealthy, Math.max(Math.max(0, surplus), early));
        return new RolloutStep(start, stopNew, idle + stopServing);
    }
}
