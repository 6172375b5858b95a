package com.tokaify.ledger.seals;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which tile, as c2sp.org/tlog-tiles writes it: {@code x001/x234/067} is tile 1,234,067, and {@code
 * 067.p/12} the first twelve hashes of tile 67.
 *
 * @param width 1 to {@value #WHOLE}
 */
public record TilePath(long index, int width) {
    /** Hashes of a tile that has all. */
    public static final int WHOLE = 256;

    private static final Pattern TEXT =
            Pattern.compile("((?:x\\d{3}/){0,5}\\d{3})(?:\\.p/([1-9]\\d{0,2}))?");

    public TilePath {
        if (index < 0 || width < 1 || width > WHOLE) {
            throw new IllegalArgumentException("a tile has 1 to 256 hashes");
        }
    }

    /** Empty where the text is none; every tile has one text only. */
    public static Optional<TilePath> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long index = Long.parseLong(matcher.group(1).replaceAll("[x/]", ""));
        int width = matcher.group(2) == null ? WHOLE : Integer.parseInt(matcher.group(2));
        if (width > WHOLE) {
            return Optional.empty();
        }
        TilePath path = new TilePath(index, width);
        return path.toString().equals(text) ? Optional.of(path) : Optional.empty();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%03d", index % 1000));
        for (long rest = index / 1000; rest > 0; rest /= 1000) {
            text.insert(0, String.format(Locale.ROOT, "x%03d/", rest % 1000));
        }
        return width == WHOLE ? text.toString() : text + ".p/" + width;
    }
}
