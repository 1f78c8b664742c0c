package io.portolan.emulator.internal.gcp.run.service;

import java.util.Random;

/** Names revisions as the platform does: with their number and three letters. */
final class RevisionNames {
    // Without vowels no words come out.
    private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";

    // The same in each run, so that what a test prints can be compared.
    private final Random random = new Random(1);

    String next(String service, int number) {
        StringBuilder name = new StringBuilder("%s-%05d-".formatted(service, number));
        for (int i = 0; i < 3; i++) {
            name.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return name.toString();
    }
}
