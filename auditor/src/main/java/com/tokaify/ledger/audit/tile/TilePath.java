package com.tokaify.ledger.audit.tile;

/** Where tiles and bundles of entries lie (c2sp.org/tlog-tiles), below a log's address. */
public final class TilePath {
    /** What every bundle of entries lies below. */
    public static final String ENTRIES = "tile/entries/";

    private static final int THREE_DIGITS = 1_000;

    private TilePath() {}

    /**
     * @param width how many hashes it has
     */
    public static String hashes(int level, long index, int width) {
        return "tile/" + level + "/" + number(index, width);
    }

    /**
     * @param width how many entries it has
     */
    public static String entries(long index, int width) {
        return ENTRIES + number(index, width);
    }

    /** In folders of a thousand: {@code x001/x234/067}, and {@code .p/5} where it is not whole. */
    private static String number(long index, int width) {
        StringBuilder path = new StringBuilder("%03d".formatted(index % THREE_DIGITS));
        for (long left = index / THREE_DIGITS; left > 0; left /= THREE_DIGITS) {
            path.insert(0, "x%03d/".formatted(left % THREE_DIGITS));
        }
        return width == Tiles.WIDTH ? path.toString() : path + ".p/" + width;
    }
}
