package com.tokaify.ledger.standalone;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a service tells at {@code /actuator/prometheus}.
 *
 * @param values every value of every label, by metric and label
 * @param samples the value of each sample, by its name with its labels
 */
record Exposition(Map<String, Map<String, Set<String>>> values, Map<String, Double> samples) {
    private static final Pattern SAMPLE =
            Pattern.compile("(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(\\{(?<labels>.*)})? (?<value>\\S+)");
    private static final Pattern LABEL =
            Pattern.compile("(?<name>[a-zA-Z_][a-zA-Z0-9_]*)=\"(?<value>(?:[^\"\\\\]|\\\\.)*)\"");

    static Exposition of(String text) {
        Map<String, Map<String, Set<String>>> values = new HashMap<>();
        Map<String, Double> samples = new HashMap<>();
        for (String line : text.lines().toList()) {
            Matcher sample = SAMPLE.matcher(line);
            if (!line.startsWith("#") && sample.matches()) {
                Map<String, Set<String>> labels =
                        values.computeIfAbsent(sample.group("name"), _ -> new HashMap<>());
                if (sample.group("labels") != null) {
                    Matcher label = LABEL.matcher(sample.group("labels"));
                    while (label.find()) {
                        labels.computeIfAbsent(label.group("name"), _ -> new HashSet<>())
                                .add(label.group("value"));
                    }
                }
                samples.put(
                        line.substring(0, line.lastIndexOf(' ')),
                        Double.parseDouble(sample.group("value")));
            }
        }
        return new Exposition(values, samples);
    }

    /** The value of one sample, as it stands there. */
    double value(String sample) {
        Double value = samples.get(sample);
        if (value == null) {
            throw new AssertionError("there is no " + sample + " among " + samples.keySet());
        }
        return value;
    }
}
