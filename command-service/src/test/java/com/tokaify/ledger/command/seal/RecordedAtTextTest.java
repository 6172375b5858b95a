package com.tokaify.ledger.command.seal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Times in entries are those on Kafka, or nobody could make a leaf of a record. */
class RecordedAtTextTest {
    private final RecordedAtText texts = new RecordedAtText();

    /** Any microsecond, in any order, of the edges and of none. */
    @Test
    void textIsThatOfTheInstant() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            long second =
                    i % 3 == 0
                            ? 1_795_429_927L
                            : random.nextLong(-62_167_219_200L, 253_402_300_800L);
            long fraction =
                    switch (i % 4) {
                        case 0 -> 0;
                        case 1 -> 1_000L * random.nextInt(1_000);
                        default -> random.nextInt(1_000_000);
                    };
            long micros = second * 1_000_000 + fraction;
            Instant instant = Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
            assertThat(new String(texts.of(micros), US_ASCII)).isEqualTo(instant.toString());
        }
    }
}
