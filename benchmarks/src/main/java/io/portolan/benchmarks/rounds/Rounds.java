package io.portolan.benchmarks.rounds;

import io.portolan.benchmarks.stats.Samples;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/**
 * Measures contenders in rounds: each round lets every one of them do the same, in a new order, so that whatever else the machine does
 * meets all of them.
 *
 * @param warmUp rounds that are not counted
 * @param counted rounds that are counted
 * @param atOnce how often the work is done at the same time
 */
public record Rounds(int warmUp, int counted, int atOnce) {
    private static final double NANOS_PER_MILLI = 1e6;

    /**
     * Measures.
     *
     * @param contenders who
     * @return for each the milliseconds of each counted round, from the first start to the last end
     * @throws Exception if one of them fails
     */
    public Map<Contender, Samples> measure(List<? extends Contender> contenders) throws Exception {
        double[][] millis = new double[contenders.size()][counted];
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, contenders.size()).boxed().toList());
        Random random = new Random(atOnce);
        ExecutorService threads = Executors.newFixedThreadPool(atOnce);
        try {
            for (int round = -warmUp; round < counted; round++) {
                Collections.shuffle(order, random);
                for (int i : order) {
                    double took = millis(contenders.get(i), threads);
                    if (round >= 0) {
                        millis[i][round] = took;
                    }
                }
                progress(round + 1);
            }
        } finally {
            threads.shutdownNow();
        }
        Map<Contender, Samples> samples = new LinkedHashMap<>();
        for (int i = 0; i < millis.length; i++) {
            samples.put(contenders.get(i), Samples.of(millis[i]));
        }
        return samples;
    }

    private double millis(Contender contender, ExecutorService threads) throws Exception {
        long start = System.nanoTime();
        if (atOnce == 1) {
            contender.once();
        } else {
            contender.atOnce(atOnce, threads);
        }
        return (System.nanoTime() - start) / NANOS_PER_MILLI;
    }

    private void progress(int done) {
        if (done > 0 && (atOnce > 1 || done % 10 == 0)) {
            System.err.printf("  %d at once: round %d of %d%n", atOnce, done, counted);
        }
    }
}
