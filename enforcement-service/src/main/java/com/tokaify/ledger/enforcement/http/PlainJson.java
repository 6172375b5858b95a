package com.tokaify.ledger.enforcement.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A body as nearly every gateway writes it: one flat object of a few fields, texts of printable
 * ASCII without escapes, whole numbers that any long holds, nulls. Read from its bytes, since
 * making a parser for it costs more than the rest of reading. All of it is looked through before
 * anything of it is told, and whatever else a body may be, well-formed or not, is left to {@link
 * StreamedJson}: nothing is refused here for its form, so there is one judge of what JSON is.
 */
final class PlainJson implements JsonBody {
    /** More than any request has. */
    private static final int MOST_FIELDS = 8;

    /** More may be too much for a long. */
    private static final int MOST_DIGITS = 18;

    /** Where a field's name begins and ends in the body, and where its value does. */
    private static final int PLACES = 4;

    private static final byte[] NULL = {'n', 'u', 'l', 'l'};

    private final byte[] body;
    private final int[] places = new int[MOST_FIELDS * PLACES];
    private int fields;

    /** The next byte to be looked at. */
    private int at;

    /** Of the field at hand, once all was looked through; before the first. */
    private int place = -PLACES;

    private PlainJson(byte[] body) {
        this.body = body;
    }

    /**
     * @return null where the body is anything else
     */
    static @Nullable PlainJson of(byte[] body) {
        PlainJson json = new PlainJson(body);
        return json.isPlain() ? json : null;
    }

    private boolean isPlain() {
        boolean fits = take('{');
        if (fits && !take('}')) {
            do {
                fits = takeField();
            } while (fits && take(','));
            fits = fits && take('}');
        }
        return fits && isAtEnd();
    }

    private boolean takeField() {
        int here = fields * PLACES;
        boolean fits =
                here < places.length
                        && takeText(here)
                        && isNew(here)
                        && take(':')
                        && takeValue(here + 2);
        fields++;
        return fits;
    }

    /** Whether no field before has the same name. */
    private boolean isNew(int here) {
        for (int before = 0; before < here; before += PLACES) {
            if (Arrays.equals(
                    body,
                    places[before],
                    places[before + 1],
                    body,
                    places[here],
                    places[here + 1])) {
                return false;
            }
        }
        return true;
    }

    private boolean takeValue(int here) {
        skipSpace();
        if (at == body.length) {
            return false;
        }
        return switch (body[at]) {
            case '"' -> takeText(here);
            case 'n' -> takeNull(here);
            default -> takeNumber(here);
        };
    }

    /** Its place is that of what stands between the quotes. */
    private boolean takeText(int here) {
        if (!take('"')) {
            return false;
        }
        places[here] = at;
        while (at < body.length && standsForItself(body[at])) {
            at++;
        }
        places[here + 1] = at;
        return at < body.length && body[at++] == '"';
    }

    /** In a text. The bytes of letters beyond ASCII are negative. */
    private static boolean standsForItself(byte b) {
        return b >= ' ' && b < 0x7f && b != '"' && b != '\\';
    }

    private boolean takeNull(int here) {
        places[here] = at;
        at = Math.min(at + NULL.length, body.length);
        places[here + 1] = at;
        return Arrays.equals(body, places[here], at, NULL, 0, NULL.length);
    }

    /** One that goes on behind its digits is none, since no value may end there. */
    private boolean takeNumber(int here) {
        places[here] = at;
        if (body[at] == '-') {
            at++;
        }
        int first = at;
        while (at < body.length && body[at] >= '0' && body[at] <= '9') {
            at++;
        }
        places[here + 1] = at;
        int digits = at - first;
        return digits > 0
                && digits <= MOST_DIGITS
                && (body[first] != '0' || at - places[here] == 1);
    }

    private boolean take(char c) {
        skipSpace();
        boolean there = at < body.length && body[at] == c;
        if (there) {
            at++;
        }
        return there;
    }

    private boolean isAtEnd() {
        skipSpace();
        return at == body.length;
    }

    private void skipSpace() {
        while (at < body.length && isSpace(body[at])) {
            at++;
        }
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    @Override
    public @Nullable String nextField() {
        place += PLACES;
        return place == fields * PLACES ? null : name();
    }

    private String name() {
        return ascii(places[place], places[place + 1]);
    }

    @Override
    public @Nullable String text() {
        if (isText()) {
            return ascii(places[place + 2], places[place + 3]);
        }
        if (isNull()) {
            return null;
        }
        throw invalid(name(), TEXT);
    }

    @Override
    public @Nullable Long wholeNumber() {
        if (isNull()) {
            return null;
        }
        if (isText()) {
            throw invalid(name(), WHOLE_NUMBER);
        }
        return Long.valueOf(ascii(places[place + 2], places[place + 3]));
    }

    private boolean isText() {
        return body[places[place + 2] - 1] == '"';
    }

    private boolean isNull() {
        return !isText() && body[places[place + 2]] == 'n';
    }

    private String ascii(int begin, int end) {
        return new String(body, begin, end - begin, ISO_8859_1);
    }

    @Override
    public String prefix() {
        return "";
    }
}
