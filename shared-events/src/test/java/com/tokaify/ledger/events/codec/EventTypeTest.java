package com.tokaify.ledger.events.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tokaify.ledger.events.AccountEvent;
import com.tokaify.ledger.events.LedgerEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EventTypeTest {

    /** No event can be written that the registry does not name, and it names nothing else. */
    @Test
    void registryIsExactlyTheRecordsOfTheSealedFamilies() {
        assertThat(Arrays.stream(EventType.values()).<Class<?>>map(EventType::eventClass))
                .containsExactlyInAnyOrderElementsOf(records(LedgerEvent.class).toList());
    }

    /** Codes lie in the event store and names on Kafka for ever: a change here breaks old data. */
    @Test
    void codesAndNamesAreThoseOfTheTable() throws Exception {
        assertThat(Arrays.stream(EventType.values()).map(EventTypeTest::line))
                .containsExactlyElementsOf(table().lines().toList());
    }

    /** An event is told from every other by its code alone, and by its name alone. */
    @Test
    void codesAndNamesAreUnique() {
        assertThat(Arrays.stream(EventType.values()).map(EventType::code)).doesNotHaveDuplicates();
        assertThat(Arrays.stream(EventType.values()).map(EventType::ceType))
                .doesNotHaveDuplicates();
    }

    /** What was written under a code or a name is read as the same type. */
    @ParameterizedTest
    @EnumSource
    void everyTypeIsFoundByItsCodeAndItsName(EventType type) {
        assertThat(EventType.ofCode(type.code())).isEqualTo(type);
        assertThat(EventType.ofCeType(type.ceType())).isEqualTo(type);
    }

    /** The registry answers for an event's class. */
    @Test
    void everyEventIsFoundByItsClass() {
        assertThat(EventType.of(new AccountEvent.AccountResumed()))
                .isEqualTo(EventType.ACCOUNT_RESUMED);
    }

    /** A reader that meets a type from its future stops; it never skips. */
    @Test
    void unknownTypeStopsTheReader() {
        assertThatThrownBy(() -> EventType.ofCeType("com.tokaify.ledger.token-created.v2"))
                .isInstanceOf(UnreadableEvent.class)
                .hasMessageContaining("token-created.v2");
        assertThatThrownBy(() -> EventType.ofCode((short) 99))
                .isInstanceOf(UnreadableEvent.class)
                .hasMessageContaining("99");
    }

    private static Stream<Class<?>> records(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(EventTypeTest::records)
                : Stream.of(type);
    }

    private static String line(EventType type) {
        Class<?> event = type.eventClass();
        return type.code()
                + " "
                + type.ceType()
                + " "
                + event.getEnclosingClass().getSimpleName()
                + "."
                + event.getSimpleName();
    }

    private static String table() throws Exception {
        return Files.readString(Path.of("src/test/resources/event-types.txt"));
    }
}
