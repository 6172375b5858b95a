package com.tokaify.ledger.events.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.events.LedgerEvent;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventCodecTest {

    static List<GoldenEvent> examples() {
        return GoldenEvent.all();
    }

    /** What is written today is, byte for byte, what was agreed: auditors hash these bytes. */
    @ParameterizedTest
    @MethodSource("examples")
    void writtenBytesAreThoseOfTheGoldenFile(GoldenEvent example) throws Exception {
        example.file().assertIs(EventCodec.encode(example.event()));
    }

    /** What was ever written is read back as the same event. */
    @ParameterizedTest
    @MethodSource("examples")
    void goldenFileIsReadAsTheEvent(GoldenEvent example) throws Exception {
        LedgerEvent read = EventCodec.decode(example.type(), example.file().bytes());
        assertThat(read).isEqualTo(example.event());
    }

    /** No type of event is without golden bytes. */
    @Test
    void everyTypeHasAGoldenFile() {
        assertThat(examples().stream().map(GoldenEvent::type).distinct())
                .containsExactlyInAnyOrder(EventType.values());
    }

    /** No golden file is left behind that nobody compares with. */
    @Test
    void everyGoldenFileBelongsToAnExample() throws Exception {
        assertThat(GoldenFile.all(".", ".json"))
                .containsExactlyInAnyOrderElementsOf(
                        examples().stream().map(GoldenEvent::file).toList());
    }

    /** Every field that may be null is fixed once with a value and, in another file, as null. */
    @Test
    void everyTypeWithANullableFieldHasAnExampleWithoutNulls() throws Exception {
        for (EventType type : EventType.values()) {
            assertThat(
                            examples().stream()
                                    .filter(example -> example.type() == type)
                                    .map(example -> StrictJson.MAPPER.valueToTree(example.event()))
                                    .anyMatch(json -> !json.toString().contains("null")))
                    .as("%s has a golden file in which no field is null", type)
                    .isTrue();
        }
    }
}
