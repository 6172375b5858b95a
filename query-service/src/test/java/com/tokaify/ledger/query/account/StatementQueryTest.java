package com.tokaify.ledger.query.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.tokaify.ledger.events.InvalidField;
import com.tokaify.ledger.query.web.QueryParameters;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/** What may be asked of a statement, and of the list of accounts. */
class StatementQueryTest {
    private static final Instant NOW = Instant.parse("2026-11-30T17:20:30Z");

    /** Who asks for nothing gets the running month, of the zone's calendar, up to now. */
    @Test
    void tellsTheRunningMonth() {
        StatementQuery utc = parse();
        assertThat(utc.from()).isEqualTo("2026-11-01T00:00:00Z");
        assertThat(utc.to()).isEqualTo("2026-11-30T17:30:00Z");
        assertThat(parse("timeZone", "Asia/Shanghai").from())
                .as("it is December there")
                .isEqualTo("2026-11-30T16:00:00Z");
        assertThat(parse("to", "2026-11-01T00:00:00Z").from())
                .as("the month that ends then")
                .isEqualTo("2026-10-01T00:00:00Z");
    }

    /** A page asked for later is one of the same statement. */
    @Test
    void aCursorBelongsToItsStatement() {
        StatementQuery first = parse("limit", "1");
        String cursor =
                new StatementCursor(
                                first.question(),
                                first.to(),
                                new StatementCursor.Place(NOW.minusNanos(1000), 2, 7))
                        .toString();

        StatementQuery next =
                StatementQuery.parse(parameters("cursor", cursor), NOW.plusSeconds(3600));
        assertThat(next.to()).isEqualTo(first.to());
        assertThat(next.after())
                .isEqualTo(
                        new StatementCursor(
                                first.question(),
                                first.to(),
                                new StatementCursor.Place(NOW.minusNanos(1000), 2, 7)));
        for (String[] other :
                new String[][] {
                    {"timeZone", "Asia/Shanghai"},
                    {"from", "2026-11-02T00:00:00Z"},
                    {"to", "2026-11-29T00:00:00Z"}
                }) {
            assertThatExceptionOfType(InvalidField.class)
                    .isThrownBy(() -> parse(other[0], other[1], "cursor", cursor))
                    .satisfies(e -> assertThat(e.field()).isEqualTo("cursor"))
                    .satisfies(
                            e -> assertThat(e.rule()).startsWith("belongs to another statement"));
        }
    }

    /** Nothing that no answer has given out reaches PostgreSQL. */
    @Test
    void refusesAMadeUpCursor() {
        Instant quarter = Instant.parse("2026-11-30T17:15:00Z");
        Instant early = Instant.parse("-2000-01-01T00:00:00Z");
        Instant late = Instant.parse("9999-01-01T00:00:00Z");
        assertThat(madeUp(quarter, NOW)).isEmpty();
        for (Instant to : new Instant[] {NOW, early, late}) {
            assertThat(madeUp(to, NOW)).contains("cursor");
        }
        for (Instant place : new Instant[] {early, late}) {
            assertThat(madeUp(quarter, place)).contains("cursor");
        }
    }

    /** The field that is refused. */
    private static Optional<String> madeUp(Instant to, Instant place) {
        Instant from = Instant.parse("2026-11-01T00:00:00Z");
        StatementCursor cursor =
                new StatementCursor(
                        StatementCursor.question(from, to, ZoneId.of("UTC")),
                        to,
                        new StatementCursor.Place(place, 0, 0));
        try {
            parse("from", from.toString(), "cursor", cursor.toString());
            return Optional.empty();
        } catch (InvalidField e) {
            return Optional.of(e.field());
        }
    }

    /** A parameter that breaks its rule is refused by name. */
    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    from,     2026-11-01T00:00:01Z,  must be at a quarter of an hour
                    to,       2026-11-01T00:10:00Z,  must be at a quarter of an hour
                    to,       2016-11-01T00:00:00,   must be a time such as
                    from,     2027-01-01T00:00:00Z,  must be after from
                    from,     2010-01-01T00:00:00Z,  must be at most 3660 days after from
                    timeZone, Nowhere,               must be a name of the IANA
                    limit,    0,                     must be a whole number from 1 to 1000
                    limit,    1001,                  must be a whole number from 1 to 1000
                    cursor,   x,                     must be the nextCursor
                    bucket,   day,                   is not a parameter
                    """)
    void refusesWhatBreaksItsRule(String name, String text, String rule) {
        assertThatExceptionOfType(InvalidField.class)
                .isThrownBy(() -> parse(name, text))
                .satisfies(e -> assertThat(e.rule()).startsWith(rule));
    }

    /** The list of accounts is as strict. */
    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    search, ' ',     must have 1 to 100
                    sort,   balance, 'must be one of openedAt, name'
                    order,  up,      must be asc or desc
                    limit,  201,     must be a whole number from 1 to 200
                    cursor, x,       must be the nextCursor
                    status, active,  is not a parameter
                    """)
    void refusesABadListByName(String name, String text, String rule) {
        assertThatExceptionOfType(InvalidField.class)
                .isThrownBy(() -> AccountQuery.parse(parameters(name, text)))
                .satisfies(e -> assertThat(e.field()).isEqualTo(name))
                .satisfies(e -> assertThat(e.rule()).startsWith(rule));
    }

    private static StatementQuery parse(String... namesAndValues) {
        return StatementQuery.parse(parameters(namesAndValues), NOW);
    }

    private static QueryParameters parameters(String... namesAndValues) {
        MultiValueMap<String, String> values = new LinkedMultiValueMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return new QueryParameters(values);
    }
}
