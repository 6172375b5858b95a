package com.tokaify.ledger.audit.fold;

import com.tokaify.ledger.events.FieldRules;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads consumption, which nearly every event of a ledger is, in the one form command-service
 * writes it in: fields in order, no white space, nothing escaped. It knows no other, and says so;
 * then the codec reads, and judges. One thread.
 */
final class ConsumptionReader {
    private static final byte[] USAGE_ID = ascii("{\"usageId\":\"");
    private static final byte[] AMOUNT = ascii("\",\"amount\":");
    private static final byte[] MODEL = ascii(",\"model\":");
    private static final byte[] NULL = ascii("null");
    private static final byte[] TOTAL = ascii(",\"totalAfter\":");
    private static final byte[] NO_OVERRUN = ascii(",\"overrun\":false}");
    private static final byte[] OVERRUN = ascii(",\"overrun\":true}");

    /** One digit less than a long may have: no overflow to look for. */
    private static final int MOST_DIGITS = 18;

    private byte[] json = {};
    private int at;
    private boolean known;
    private byte[] lastModel = {};
    private String lastModelText = "";

    /** Null where it is written in another form, or breaks a rule. */
    @Nullable QuotaConsumed read(byte[] payload) {
        json = payload;
        at = 0;
        known = true;
        expect(USAGE_ID);
        int usageFrom = at;
        int usageTo = textEnd();
        expect(AMOUNT);
        long amount = number();
        expect(MODEL);
        boolean named = known && at < json.length && json[at] == '"';
        int modelFrom = at + 1;
        int modelTo = modelFrom;
        if (named) {
            at++;
            modelTo = textEnd();
            at++;
        } else {
            expect(NULL);
        }
        expect(TOTAL);
        long total = number();
        boolean overrun = known && at < json.length && json.length - at == OVERRUN.length;
        expect(overrun ? OVERRUN : NO_OVERRUN);
        if (!known
                || at != json.length
                || amount < 1
                || amount > FieldRules.MAX_AMOUNT
                || total > FieldRules.MAX_TOTAL
                || !isName(usageFrom, usageTo, 128)
                || (named && !isName(modelFrom, modelTo, 200))) {
            return null;
        }
        return new QuotaConsumed(
                new String(json, usageFrom, usageTo - usageFrom, StandardCharsets.ISO_8859_1),
                amount,
                named ? model(modelFrom, modelTo) : null,
                total,
                overrun);
    }

    private static boolean isName(int from, int to, int longest) {
        return to > from && to - from <= longest;
    }

    private void expect(byte[] text) {
        if (!known
                || json.length - at < text.length
                || !Arrays.equals(json, at, at + text.length, text, 0, text.length)) {
            known = false;
            return;
        }
        at += text.length;
    }

    /** The end of a text of printable ASCII without blanks; the quote is still to come. */
    private int textEnd() {
        int end = at;
        while (known && end < json.length && json[end] != '"') {
            byte c = json[end];
            if (c <= ' ' || c > '~' || c == '\\') {
                known = false;
            }
            end++;
        }
        at = end;
        return end;
    }

    /** As JSON has it: no sign here, and no zero before other digits. */
    private long number() {
        int from = at;
        long number = 0;
        while (at < json.length && json[at] >= '0' && json[at] <= '9') {
            number = number * 10 + (json[at] - '0');
            at++;
        }
        int digits = at - from;
        if (digits == 0 || digits > MOST_DIGITS || (digits > 1 && json[from] == '0')) {
            known = false;
        }
        return number;
    }

    /** Few models make most calls. */
    private String model(int from, int to) {
        if (!Arrays.equals(json, from, to, lastModel, 0, lastModel.length)) {
            lastModel = Arrays.copyOfRange(json, from, to);
            lastModelText = new String(lastModel, StandardCharsets.ISO_8859_1);
        }
        return lastModelText;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
