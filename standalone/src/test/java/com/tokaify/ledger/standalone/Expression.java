package com.tokaify.ledger.standalone;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an expression of Prometheus asks for: as much of the language as our dashboards and alerts
 * use.
 *
 * @param asked the metrics it names
 * @param groupings labels it groups by
 */
record Expression(List<Selector> asked, Set<String> groupings) {
    private static final Pattern GROUPING =
            Pattern.compile("\\b(?:by|without|on|ignoring)\\s*\\((?<labels>[^)]*)\\)");
    private static final Pattern SELECTOR =
            Pattern.compile(
                    "(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)\\s*(?<labels>\\{[^}]*})?(?!\\s*\\(|[a-zA-Z0-9_:])");
    private static final Pattern MATCHER =
            Pattern.compile(
                    "(?<name>[a-zA-Z_][a-zA-Z0-9_]*)\\s*(?<how>=~?)\\s*\"(?<value>[^\"]*)\"");
    private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "offset");

    /**
     * A metric and what its labels must be.
     *
     * @param labels values that are named, by label; several where any of them will do
     */
    record Selector(String metric, Map<String, List<String>> labels) {}

    static Expression of(String text) {
        Set<String> groupings = new HashSet<>();
        Matcher grouping = GROUPING.matcher(text);
        while (grouping.find()) {
            for (String label : grouping.group("labels").split(",", -1)) {
                groupings.add(label.strip());
            }
        }
        String bare = grouping.replaceAll(" ").replaceAll("\\[[^]]*]", " ");
        List<Selector> asked = new ArrayList<>();
        Matcher selector = SELECTOR.matcher(bare);
        while (selector.find()) {
            if (!WORDS.contains(selector.group("name"))) {
                asked.add(new Selector(selector.group("name"), labels(selector.group("labels"))));
            }
        }
        return new Expression(List.copyOf(asked), groupings);
    }

    private static Map<String, List<String>> labels(@Nullable String text) {
        Map<String, List<String>> labels = new HashMap<>();
        Matcher matcher = MATCHER.matcher(text == null ? "" : text);
        while (matcher.find()) {
            labels.put(
                    matcher.group("name"),
                    matcher.group("how").equals("=")
                            ? List.of(matcher.group("value"))
                            : List.of(matcher.group("value").split("\\|", -1)));
        }
        return labels;
    }
}
