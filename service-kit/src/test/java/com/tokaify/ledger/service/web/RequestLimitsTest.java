package com.tokaify.ledger.service.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tokaify.ledger.service.web.RequestLimits.LargerBody;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

class RequestLimitsTest {
    private static final DataSize USUAL = DataSize.ofKilobytes(64);

    private final RequestLimits limits =
            new RequestLimits(
                    USUAL,
                    List.of(
                            new LargerBody("/v1/imports", DataSize.ofBytes(200_000)),
                            new LargerBody("/v1/imports/small", DataSize.ofBytes(100_000))));

    /** A prefix holds for whole segments, and of two the longer one. */
    @ParameterizedTest
    @CsvSource({
        "/v1/tokens, 65536",
        "/v1/imports, 200000",
        "/v1/imports/, 200000",
        "/v1/imports/7, 200000",
        "/v1/imports/small, 100000",
        "/v1/imports/small/7, 100000",
        "/v1/imports/smaller, 200000",
        "/v1/importsx, 65536",
        "/other/v1/imports, 65536"
    })
    void theLongestPrefixOfWholeSegmentsCounts(String path, long bytes) {
        assertThat(limits.bytesFor(path)).isEqualTo(bytes);
    }

    /** A prefix that could never hold, or would hold for everything, is refused at start. */
    @ParameterizedTest
    @ValueSource(strings = {"", "/", "v1/imports", "/v1/imports/"})
    void aPrefixWithoutSegmentsIsRefused(String prefix) {
        assertThatThrownBy(() -> new LargerBody(prefix, USUAL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ledger.requests.larger-bodies");
    }

    /** No limit is not among the limits. */
    @Test
    void aLimitMustBePositive() {
        for (DataSize size : List.of(DataSize.ofBytes(0), DataSize.ofBytes(-1))) {
            assertThatThrownBy(() -> new RequestLimits(size, List.of()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("ledger.requests");
            assertThatThrownBy(() -> new LargerBody("/v1/imports", size))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
