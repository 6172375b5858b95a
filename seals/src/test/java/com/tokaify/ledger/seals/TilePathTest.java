package com.tokaify.ledger.seals;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tiles are named as c2sp.org/tlog-tiles names them. */
class TilePathTest {
    /** A tile has one text, which is the example of the specification among others. */
    @ParameterizedTest
    @CsvSource({
        "000, 0, 256",
        "067, 67, 256",
        "x001/000, 1000, 256",
        "x001/x234/067, 1234067, 256",
        "x001/x234/067.p/8, 1234067, 8",
        "000.p/255, 0, 255"
    })
    void tileHasOneText(String text, long index, int width) {
        TilePath path = new TilePath(index, width);
        assertThat(path).hasToString(text);
        assertThat(TilePath.parse(text)).contains(path);
    }

    /** Any other text is none. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "67",
                "0067",
                "x000/067",
                "001/067",
                "x001/x234/67",
                "067.p/0",
                "067.p/256",
                "067.p/08",
                "067.p/300",
                "067.p",
                "067/",
                "-01",
                "x001/x001/x001/x001/x001/x001/001"
            })
    void whatIsNoTileIsNone(String text) {
        assertThat(TilePath.parse(text)).isEmpty();
    }

    /** All that fit into a path come back from it. */
    @Test
    void anyTileComesBack() {
        for (long index = 0; index < 2_000_000_000L; index = index * 3 + 1) {
            TilePath path = new TilePath(index, 1 + (int) (index % 256));
            assertThat(TilePath.parse(path.toString())).contains(path);
        }
    }
}
