package com.tokaify.ledger.query.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Period;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** How long events are kept, as it is configured. */
class HistorySettingsTest {

    /** The knob is there and empty in application.yaml: nothing is lost that nobody gave up. */
    @Test
    void eventsAreKeptForEverUnlessSaidOtherwise() {
        assertThat(bound("")).isEqualTo(HistorySettings.FOR_EVER);
    }

    /** Periods are written as ISO 8601 has them. */
    @Test
    void aPeriodIsReadFromItsText() {
        assertThat(bound("P13M")).isEqualTo(new HistorySettings(Period.ofMonths(13)));
    }

    /** Nobody wants to keep nothing, but may mistype it. */
    @Test
    void keepingNothingIsRefused() {
        assertThatThrownBy(() -> new HistorySettings(Period.ZERO))
                .hasMessageContaining("ledger.history.keep");
        assertThatThrownBy(() -> new HistorySettings(Period.ofMonths(-1)))
                .hasMessageContaining("ledger.history.keep");
    }

    private static HistorySettings bound(String keep) {
        return new Binder(new MapConfigurationPropertySource(Map.of("ledger.history.keep", keep)))
                .bindOrCreate("ledger.history", HistorySettings.class);
    }
}
