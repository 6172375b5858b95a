package com.tokaify.ledger.enforcement.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.tokaify.ledger.events.codec.StrictJson;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes one JSON object, field after field, as the bytes that are sent: making a generator for it
 * costs more than all that is written. A text that does not stand for itself is Jackson's to write.
 * Used by one thread.
 */
public final class JsonText {
    private static final int USUAL_BYTES = 512;

    private byte[] bytes = new byte[USUAL_BYTES];
    private int length;

    public JsonText() {
        append('{');
    }

    /** The name of a field as it stands in an object, made once for all objects. */
    public static final class Name {
        private final byte[] bytes;

        private Name(byte[] bytes) {
            this.bytes = bytes;
        }

        /**
         * @param name letters
         */
        public static Name of(String name) {
            return new Name(('"' + name + "\":").getBytes(US_ASCII));
        }
    }

    public void field(Name name, boolean value) {
        begin(name);
        append(value ? "true" : "false");
    }

    public void field(Name name, @Nullable Long value) {
        begin(name);
        append(value == null ? "null" : value.toString());
    }

    public void field(Name name, @Nullable String value) {
        begin(name);
        if (value == null) {
            append("null");
        } else if (!quoted(value)) {
            append(StrictJson.MAPPER.writeValueAsBytes(value));
        }
    }

    /** A value that is JSON already. */
    public void json(Name name, byte[] value) {
        begin(name);
        append(value);
    }

    /** The whole object; nothing can be written afterwards. */
    public byte[] end() {
        append('}');
        return Arrays.copyOf(bytes, length);
    }

    private void begin(Name name) {
        if (length > 1) {
            append(',');
        }
        append(name.bytes);
    }

    /**
     * False, and nothing written, where it is not all printable ASCII that JSON does not escape.
     */
    private boolean quoted(String text) {
        makeRoom(text.length() + 2);
        int at = length;
        bytes[at++] = '"';
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c >= 0x7f || c == '"' || c == '\\') {
                return false;
            }
            bytes[at++] = (byte) c;
        }
        bytes[at++] = '"';
        length = at;
        return true;
    }

    private void append(char c) {
        makeRoom(1);
        bytes[length++] = (byte) c;
    }

    private void append(String ascii) {
        makeRoom(ascii.length());
        for (int i = 0; i < ascii.length(); i++) {
            bytes[length++] = (byte) ascii.charAt(i);
        }
    }

    private void append(byte[] more) {
        makeRoom(more.length);
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
    }

    private void makeRoom(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
        }
    }
}
