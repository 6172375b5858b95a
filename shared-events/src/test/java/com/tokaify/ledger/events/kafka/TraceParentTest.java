package com.tokaify.ledger.events.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceParentTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String SPAN = "b7ad6b7169203331";
    private static final TraceParent CAUSE = new TraceParent(TRACE, SPAN);

    /** A place in a recorded trace has one text, by which it is found again. */
    @Test
    void aPlaceIsReadAsItWasWritten() {
        assertThat(CAUSE).hasToString("00-" + TRACE + "-" + SPAN + "-01");
        assertThat(TraceParent.parse(CAUSE.toString())).contains(CAUSE);
        RecordHeaders headers = new RecordHeaders();
        assertThat(CloudEventHeaders.trace(headers)).isEmpty();
        CloudEventHeaders.addTrace(headers, CAUSE);
        assertThat(CloudEventHeaders.trace(headers)).contains(CAUSE);
    }

    /** Other flags, and what later versions say behind it, are others' business. */
    @ParameterizedTest
    @ValueSource(strings = {"00-%s-%s-03", "00-%s-%s-ff", "01-%s-%s-01", "fe-%s-%s-01-more"})
    void whatElseIsSaidIsPassedOver(String text) {
        assertThat(TraceParent.parse(text.formatted(TRACE, SPAN))).contains(CAUSE);
    }

    /** What nobody records has no place, whatever else its flags say. */
    @ParameterizedTest
    @ValueSource(strings = {"00-%s-%s-00", "00-%s-%s-02", "00-%s-%s-10"})
    void whatIsNotRecordedIsNowhere(String text) {
        assertThat(TraceParent.parse(text.formatted(TRACE, SPAN))).isEmpty();
    }

    /** Nonsense is passed over, and is no error. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "00",
                "00-%s-%s",
                "00-%s-%s-1",
                "00-%s-%s-001",
                "00-%s-%s-01-more",
                "00-%s-%s-01 ",
                "00-%s-%s-0g",
                "ff-%s-%s-01",
                "0-%s-%s-01",
                "00_%s_%s_01",
                "00-%s0-%s-01",
                "00-%s-%s0-01",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "00-0AF7651916CD43DD8448EB211C80319C-B7AD6B7169203331-01"
            })
    void nonsenseIsPassedOver(String text) {
        RecordHeaders headers = new RecordHeaders();
        headers.add(CloudEventHeaders.TRACE_PARENT, text.formatted(TRACE, SPAN).getBytes(UTF_8));
        assertThat(CloudEventHeaders.trace(headers)).isEmpty();
        headers.add(CloudEventHeaders.TRACE_PARENT, null);
        assertThat(CloudEventHeaders.trace(headers)).isEmpty();
    }
}
