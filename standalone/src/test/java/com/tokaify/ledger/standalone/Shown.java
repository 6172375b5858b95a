package com.tokaify.ledger.standalone;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Holds what a page shows against what a ledger says. {@code …} stands for whatever is there; what
 * is another one in every ledger is known by its form: ids, secrets and their masks, instants with
 * a fraction of a second, positions. Everything else has to be as shown, but for the layout. A name
 * that the page gives twice has to be one thing, and two names two, so that a page that mixes up
 * tokens is found out. For one page and one thread.
 */
final class Shown {
    /**
     * @param shown how it is written on a page
     * @param said how a ledger writes it
     * @param named whether the same on the page is the same in the ledger
     */
    private record Form(String shown, String said, boolean named) {}

    private static final List<Form> FORMS =
            List.of(
                    new Form("tok_[0-9a-z]+…?", "tok_[0-9a-z]{26}", true),
                    new Form("acc_[0-9a-z]+…?", "acc_[0-9a-z]{26}", true),
                    new Form("rsv_[0-9A-Za-z_-]+…?", "rsv_[0-9A-Za-z_-]+", true),
                    new Form(
                            "sk-[0-9A-Za-z]{4}\\*{10}[0-9A-Za-z]{4}",
                            "sk-[0-9A-Za-z]{4}\\*{10}[0-9A-Za-z]{4}", true),
                    new Form("sk-[0-9A-Za-z]+…[0-9A-Za-z]*", "sk-[0-9A-Za-z]{48}", true),
                    new Form(
                            "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d+Z",
                            "\\d{4}-\\d{2}-\\d{2}T[0-9:.]+Z", false),
                    new Form("(?<=[\"\\s])\\d{1,3}:\\d+(?=[\"\\s])", "\\d{1,3}:\\d+", false),
                    new Form("…", ".*?", false),
                    new Form("\\s+", "", false));

    private static final Pattern PART =
            Pattern.compile(
                    String.join(
                            "|", FORMS.stream().map(form -> "(" + form.shown() + ")").toList()));

    private final Map<String, String> real = new HashMap<>();

    /** Whether a ledger that says this says what the page shows. */
    boolean isSaid(String shown, String said) {
        Map<String, Integer> named = new LinkedHashMap<>();
        Matcher fit =
                Pattern.compile(pattern(shown, named), Pattern.DOTALL)
                        .matcher(said.replaceAll("\\s+", ""));
        if (!fit.matches()) {
            return false;
        }
        Map<String, String> met = new HashMap<>(real);
        named.forEach((name, group) -> met.put(name, fit.group(group)));
        if (Set.copyOf(met.values()).size() < met.size()) {
            return false;
        }
        real.putAll(met);
        return true;
    }

    /**
     * @param named takes the names that are met for the first time, and their groups
     */
    private String pattern(String shown, Map<String, Integer> named) {
        StringBuilder pattern = new StringBuilder();
        Matcher part = PART.matcher(shown);
        int end = 0;
        while (part.find()) {
            pattern.append(Pattern.quote(shown.substring(end, part.start())));
            pattern.append(said(form(part), part.group(), named));
            end = part.end();
        }
        return pattern.append(Pattern.quote(shown.substring(end))).toString();
    }

    private static Form form(Matcher part) {
        for (int i = 0; i < FORMS.size(); i++) {
            if (part.group(i + 1) != null) {
                return FORMS.get(i);
            }
        }
        throw new IllegalStateException("a part has one of the forms: " + part.group());
    }

    private String said(Form form, String name, Map<String, Integer> named) {
        String known = real.get(name);
        Integer group = named.get(name);
        if (!form.named()) {
            return form.said();
        }
        if (known != null) {
            return Pattern.quote(known);
        }
        if (group != null) {
            return "\\" + group;
        }
        named.put(name, named.size() + 1);
        return "(" + form.said() + ")";
    }
}
