package com.tokaify.ledger.command.takeover;

import com.tokaify.ledger.events.InvalidField;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.csv.CsvMapper;
import tools.jackson.dataformat.csv.CsvReadFeature;
import tools.jackson.dataformat.csv.CsvSchema;

/**
 * Reads exports of tokens: the JSON of the systems' own API or of a database, or CSV. What is wrong
 * with one is told without a word of it, for there are secrets in it.
 */
final class TokenExport {
    static final int MAX_ROWS = 1_000;

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final ObjectReader CSV =
            CsvMapper.builder()
                    .enable(CsvReadFeature.SKIP_EMPTY_LINES)
                    .enable(CsvReadFeature.FAIL_ON_MISSING_COLUMNS)
                    .build()
                    .readerForMapOf(String.class)
                    .with(CsvSchema.emptySchema().withHeader());

    private TokenExport() {}

    /**
     * @param body a list of tokens, or the page of an API that has one under {@code data} or {@code
     *     data.items}
     */
    static List<ExportedToken> json(byte[] body) {
        JsonNode list;
        try {
            JsonNode root = JSON.readTree(body);
            JsonNode data = root.isObject() ? root.path("data") : root;
            list = data.isObject() ? data.path("items") : data;
        } catch (JacksonException e) {
            throw unreadable("must be JSON", e);
        }
        if (!list.isArray()) {
            throw new InvalidField(
                    "body", "must be a list of tokens, alone or as data or data.items");
        }
        bounded(list.size());
        List<ExportedToken> tokens = new ArrayList<>(list.size());
        for (JsonNode token : list) {
            Map<String, String> fields = new HashMap<>();
            token.properties()
                    .forEach(field -> {
                        if (field.getValue().isValueNode() && !field.getValue().isNull()) {
                            fields.put(field.getKey(), field.getValue().asString());
                        }
                    });
            tokens.add(new ExportedToken(fields));
        }
        return tokens;
    }

    /**
     * @param body a first line with the fields' names, then a line for each token
     */
    static List<ExportedToken> csv(byte[] body) {
        List<ExportedToken> tokens = new ArrayList<>();
        try (MappingIterator<Map<String, String>> rows = CSV.readValues(body)) {
            while (rows.hasNext()) {
                tokens.add(new ExportedToken(rows.next()));
                if (tokens.size() > MAX_ROWS) {
                    break;
                }
            }
        } catch (JacksonException e) {
            throw unreadable("must be CSV with a header", e);
        }
        bounded(tokens.size());
        return tokens;
    }

    private static void bounded(int rows) {
        if (rows < 1 || rows > MAX_ROWS) {
            throw new InvalidField("body", "must have 1 to " + MAX_ROWS + " tokens");
        }
    }

    /** Where the reader stumbled, and nothing of what it read. */
    private static InvalidField unreadable(String rule, JacksonException e) {
        return new InvalidField(
                "body",
                e.getLocation().getLineNr() > 0
                        ? rule + ", and is not from line " + e.getLocation().getLineNr() + " on"
                        : rule);
    }
}
