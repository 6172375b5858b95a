package com.tokaify.ledger.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tokens exported by another system, in parts of a size a request may have. What a row means is for
 * the service to say; here it is only told where one ends.
 *
 * @param contentType of every part
 */
record ExportFile(String contentType, List<Part> parts) {
    private static final int MAX_ROWS = 1_000;

    /** Below what the service takes, which counts what is around the rows too. */
    private static final int MAX_CHARACTERS = 300_000;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Holds secrets: never printed. */
    record Part(int rows, String body) {
        @Override
        public String toString() {
            return rows + " rows";
        }
    }

    /**
     * @throws Refusal where there is no such file, or no list of tokens in it
     */
    static ExportFile read(Path file) throws IOException {
        String text;
        try {
            text = Files.readString(file, UTF_8);
        } catch (NoSuchFileException e) {
            throw new Refusal("there is no file " + file);
        }
        boolean csv = file.toString().toLowerCase(Locale.ROOT).endsWith(".csv");
        List<Part> parts = csv ? csv(text) : json(file, text);
        if (parts.isEmpty()) {
            throw new Refusal(file + " has no tokens");
        }
        return new ExportFile(csv ? "text/csv" : "application/json", parts);
    }

    /** A list by itself, or the page of an API that has one under data or data.items. */
    private static List<Part> json(Path file, String text) {
        JsonNode list;
        try {
            JsonNode root = JSON.readTree(text);
            JsonNode data = root.isObject() ? root.path("data") : root;
            list = data.isObject() ? data.path("items") : data;
        } catch (JacksonException e) {
            // Its message repeats what it read.
            throw new Refusal(
                    file + " is no JSON, from line " + e.getLocation().getLineNr() + " on");
        }
        if (!list.isArray()) {
            throw new Refusal(file + " has no list of tokens, alone or as data or data.items");
        }
        List<String> rows = new ArrayList<>();
        list.forEach(row -> rows.add(row.toString()));
        return parts(rows, "[", ",", "]");
    }

    /** The header goes with every part. Lines end outside of quotes only. */
    private static List<Part> csv(String text) {
        List<String> lines = new ArrayList<>();
        int from = 0;
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            quoted ^= c == '"';
            if (c == '\n' && !quoted) {
                lines.add(text.substring(from, i + 1));
                from = i + 1;
            }
        }
        lines.add(text.substring(from) + "\n");
        lines.removeIf(String::isBlank);
        return lines.isEmpty()
                ? List.of()
                : parts(lines.subList(1, lines.size()), lines.getFirst(), "", "");
    }

    private static List<Part> parts(List<String> rows, String begin, String between, String end) {
        List<Part> parts = new ArrayList<>();
        List<String> some = new ArrayList<>();
        int characters = 0;
        for (String row : rows) {
            if (some.size() == MAX_ROWS
                    || (!some.isEmpty() && characters + row.length() > MAX_CHARACTERS)) {
                parts.add(new Part(some.size(), begin + String.join(between, some) + end));
                some.clear();
                characters = 0;
            }
            some.add(row);
            characters += row.length();
        }
        if (!some.isEmpty()) {
            parts.add(new Part(some.size(), begin + String.join(between, some) + end));
        }
        return parts;
    }
}
