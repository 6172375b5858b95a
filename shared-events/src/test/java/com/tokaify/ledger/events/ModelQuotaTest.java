package com.tokaify.ledger.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ModelQuotaTest {
    private static final ModelQuota QUOTA = new ModelQuota("gpt-4o", 100);

    /** Absent is no limit; what is there is kept in its order and cannot be changed. */
    @Test
    void listIsKeptAsGiven() {
        List<ModelQuota> two = List.of(QUOTA, new ModelQuota("GPT-4o", 0));

        assertThat(ModelQuota.optionalList("f", null)).isNull();
        assertThat(ModelQuota.optionalList("f", two)).isEqualTo(two);
    }

    /**
     * A list that says nothing, says something twice or is endless is refused, naming the place.
     */
    @Test
    void listThatBreaksARuleIsRefused() {
        refused("f must have 1 to 100 limits, or be absent for none", List.of());
        refused(
                "f must have 1 to 100 limits, or be absent for none",
                IntStream.range(0, 101).mapToObj(i -> new ModelQuota("m" + i, 1)).toList());
        refused("f[1].model must not be that of another limit", List.of(QUOTA, QUOTA));
        refused("f[0] is required", Collections.singletonList(null));
    }

    private static void refused(String message, List<ModelQuota> quotas) {
        assertThatExceptionOfType(InvalidField.class)
                .isThrownBy(() -> ModelQuota.optionalList("f", quotas))
                .withMessage(message);
    }
}
