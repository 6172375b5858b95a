package com.tokaify.ledger.standalone;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16LE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Looks for texts in any bytes, in every form a program may have given them: as they are, in
 * UTF-16, hexadecimal, percent signs, and base64 of either alphabet, wherever in it they begin.
 * Looks for the middle of each text, so that a cut one is found as well.
 */
final class SecretSearch {
    /** Of a secret's text, past what a mask shows. */
    private static final int FROM = 8;

    private static final int LENGTH = 24;
    private static final int WINDOW = Long.BYTES;

    @SuppressWarnings("ArrayRecordComponent") // the bytes are looked for, never compared as a whole
    private record Needle(String name, byte[] bytes) {}

    private final Map<Long, List<Needle>> byBeginning = new HashMap<>();
    private final BitSet beginnings = new BitSet(1 << 16);

    /**
     * @param texts by name, each of 32 characters or more
     */
    SecretSearch(Map<String, String> texts) {
        texts.forEach((name, text) -> {
            String middle = text.substring(FROM, FROM + LENGTH);
            forms(middle).forEach((form, bytes) -> add(new Needle(name + " in " + form, bytes)));
        });
    }

    private void add(Needle needle) {
        long beginning = ByteBuffer.wrap(needle.bytes()).getLong();
        byBeginning.computeIfAbsent(beginning, _ -> new ArrayList<>()).add(needle);
        beginnings.set((int) (beginning & 0xffff));
    }

    static Map<String, byte[]> forms(String text) {
        Map<String, byte[]> forms = new LinkedHashMap<>();
        byte[] raw = text.getBytes(US_ASCII);
        String hex = HexFormat.of().formatHex(raw);
        String escaped = HexFormat.ofDelimiter("%").withPrefix("").formatHex(raw);
        forms.put("clear", raw);
        forms.put("UTF-16", text.getBytes(UTF_16LE));
        forms.put("hexadecimal", hex.getBytes(US_ASCII));
        forms.put("HEXADECIMAL", hex.toUpperCase(Locale.ROOT).getBytes(US_ASCII));
        forms.put("escapes", escaped.getBytes(US_ASCII));
        forms.put("ESCAPES", escaped.toUpperCase(Locale.ROOT).getBytes(US_ASCII));
        for (int before = 0; before < 3; before++) {
            byte[] placed = new byte[before + raw.length];
            System.arraycopy(raw, 0, placed, before, raw.length);
            // The first digits are of what stands before, the last ones of what comes after.
            int first = (before * 8 + 5) / 6;
            int last = placed.length * 8 / 6;
            forms.put(
                    "base64 at " + before,
                    between(Base64.getEncoder().withoutPadding().encode(placed), first, last));
            forms.put(
                    "base64url at " + before,
                    between(Base64.getUrlEncoder().withoutPadding().encode(placed), first, last));
        }
        return forms;
    }

    private static byte[] between(byte[] bytes, int from, int to) {
        return Arrays.copyOfRange(bytes, from, to);
    }

    /** What is found, each once. */
    List<String> in(byte[] bytes) {
        List<String> found = new ArrayList<>();
        long window = 0;
        for (int i = 0; i < bytes.length; i++) {
            window = window << 8 | (bytes[i] & 0xff);
            if (i >= WINDOW - 1 && beginnings.get((int) (window & 0xffff))) {
                int at = i - WINDOW + 1;
                for (Needle needle : byBeginning.getOrDefault(window, List.of())) {
                    int end = Math.min(bytes.length, at + needle.bytes().length);
                    if (Arrays.equals(bytes, at, end, needle.bytes(), 0, needle.bytes().length)
                            && !found.contains(needle.name())) {
                        found.add(needle.name());
                    }
                }
            }
        }
        return found;
    }

    List<String> in(String text) {
        return in(text.getBytes(ISO_8859_1));
    }

    /** What is found in the files of a folder and of all folders in it, each with its file. */
    List<String> inFilesOf(Path folder) throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                in(Files.readAllBytes(file)).forEach(name -> found.add(name + ": " + file));
            }
        }
        return found;
    }
}
