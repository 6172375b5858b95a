package com.tokaify.ledger.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
    /** The same text is a table in a terminal and in Markdown. */
    @Test
    void alignsNamesLeftAndNumbersRight() {
        Table table = new Table(List.of("what", "rate"));
        table.row(List.of("product", "12,345"));
        table.row(List.of("floor", "9"));
        assertThat(table)
                .hasToString(
                        """
                        | what    |   rate |
                        |---------|-------:|
                        | product | 12,345 |
                        | floor   |      9 |
                        """);
    }
}
