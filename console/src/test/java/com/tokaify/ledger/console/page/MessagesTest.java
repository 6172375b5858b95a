package com.tokaify.ledger.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.events.codec.StrictJson;
import com.tokaify.ledger.events.rules.Found;
import com.tokaify.ledger.events.rules.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Everything is said in both languages, and nothing is kept that nobody says. */
class MessagesTest {
    private static final Path PAGE = Path.of("src/main/resources/static");
    private static final Pattern USED = Pattern.compile("\\bt\\('([^']+)'");
    private static final Pattern WORD = Pattern.compile("'([a-zA-Z]+(?:\\.[a-zA-Z0-9-]+)*)'");
    private static final Pattern FAMILY = Pattern.compile("`([a-zA-Z]+(?:\\.[a-zA-Z]+)*\\.)\\$\\{");
    private static final Pattern BLANK = Pattern.compile("\\{\\w+}");
    private static final Pattern REFUSAL =
            Pattern.compile("HttpStatus\\.[A-Z_]+,\\s*\"([A-Z_]+)\"");
    private static final Pattern FOR_PROGRAMS =
            Pattern.compile("/(consumptions|refunds|imports|reservations|usage|tile|live)\\b");
    private static final List<String> DOCUMENTS =
            List.of(
                    "../docs/openapi/command-service.json",
                    "../docs/openapi/query-service.json",
                    "../enforcement-service/src/main/resources/openapi.json");
    private static final Set<String> NEVER_SAID =
            Set.of(
                    "INVALID_REQUEST",
                    "SIGN_IN_AGAIN",
                    "IDEMPOTENCY_KEY_REUSED",
                    "CONTENT_TOO_LARGE",
                    "UNSUPPORTED_MEDIA_TYPE",
                    "SECRET_IN_USE");

    /** In a literal, or joined to its halves. */
    private static final String NUMBER = "(?:\\d+|\"\\s*\\+\\s*[\\w.]+\\s*\\+\\s*\")";

    private static final Pattern PLURAL = Pattern.compile("\\.(one|other)$");

    private static JsonNode messages(String language) throws IOException {
        return StrictJson.MAPPER.readTree(
                Files.readString(PAGE.resolve("messages/" + language + ".json")));
    }

    private static String source() throws IOException {
        return source(PAGE, ".js");
    }

    private static String javaSource(Path root) throws IOException {
        return source(root, ".java");
    }

    private static String source(Path root, String suffix) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            StringBuilder all = new StringBuilder();
            for (Path file : files.filter(f -> f.toString().endsWith(suffix)).toList()) {
                all.append(Files.readString(file));
            }
            return all.toString();
        }
    }

    private static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(result -> result.groupCount() == 0 ? result.group() : result.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void bothLanguagesSayTheSameThingsWithTheSameBlanks() throws IOException {
        JsonNode english = messages("en");
        JsonNode chinese = messages("zh");
        assertThat(chinese.propertyNames()).containsExactlyElementsOf(english.propertyNames());
        for (String key : english.propertyNames()) {
            assertThat(found(BLANK, chinese.path(key).asString()))
                    .as(key)
                    .isEqualTo(found(BLANK, english.path(key).asString()));
        }
    }

    @Test
    void everyKeyThatIsUsedHasAText() throws IOException {
        JsonNode english = messages("en");
        assertThat(found(USED, source()))
                .isNotEmpty()
                .allMatch(key -> english.has(key) || english.has(key + ".other"));
    }

    @Test
    void everyTextIsUsed() throws IOException {
        String source = source();
        Set<String> words = found(WORD, source);
        Set<String> families = found(FAMILY, source);
        Predicate<String> isUsed =
                key ->
                        words.contains(key)
                                || words.contains(PLURAL.matcher(key).replaceFirst(""))
                                || (key.endsWith(".lead")
                                        && words.contains(key.substring(0, key.length() - 5)))
                                || families.stream().anyMatch(key::startsWith);
        assertThat(messages("en").propertyNames()).allMatch(isUsed);
    }

    /**
     * Whatever checks find is said in the reader's language, but of secrets: none is typed here.
     */
    @Test
    void findingsAreSaidInBothLanguages() throws IOException {
        JsonNode english = messages("en");
        for (Rule rule : Rule.values()) {
            assertThat(english.has("check." + rule.name())).as(rule.name()).isTrue();
        }
        for (Found found : Found.values()) {
            boolean said = !found.name().startsWith("SECRET_");
            assertThat(english.has("found." + found)).as(found.name()).isEqualTo(said);
            assertThat(english.has("remedy." + found))
                    .as(found.name())
                    .isEqualTo(said && found.hasRemedy());
        }
    }

    /**
     * A text fills its blanks with facts that every finding of its kind has: others would be read
     * as {@code {names}}. Limits by the minute are two facts of which one may be missing, and are
     * said as one.
     */
    @Test
    void findingsHaveTheFactsThatTheirTextsSpeakOf() throws IOException {
        JsonNode english = messages("en");
        for (Found found : Found.values()) {
            Set<String> facts = new TreeSet<>();
            found.facts().forEach(fact -> facts.add("{" + fact + "}"));
            if (found.name().startsWith("RATE_")) {
                facts.add("{limits}");
            }
            for (String family : List.of("found.", "remedy.")) {
                assertThat(facts)
                        .as(family + found)
                        .containsAll(found(BLANK, english.path(family + found).asString()));
            }
        }
    }

    /** What nobody knows of a call of the past is said in the reader's language as well. */
    @Test
    void whatIsNotKnownIsSaidInBothLanguages() throws IOException {
        Set<String> codes = new TreeSet<>();
        StrictJson.MAPPER
                .readTree(Files.readString(Path.of("../docs/openapi/query-service.json")))
                .at("/components/schemas/NotKnown/properties/code/enum")
                .forEach(code -> codes.add("notKnown." + code.asString()));
        assertThat(codes).isNotEmpty();
        assertThat(messages("en").propertyNames())
                .filteredOn(key -> key.startsWith("notKnown."))
                .containsExactlyInAnyOrderElementsOf(codes);
    }

    /**
     * Whatever the services and the console refuse a person, with the exceptions of what the page
     * says beside its fields, asks about, or cannot cause.
     */
    @Test
    void refusalsAreSaidInBothLanguages() throws IOException {
        Set<String> codes = found(REFUSAL, javaSource(Path.of("src/main/java")));
        for (String document : DOCUMENTS) {
            JsonNode paths =
                    StrictJson.MAPPER.readTree(Files.readString(Path.of(document))).path("paths");
            paths.propertyStream()
                    .filter(path -> !FOR_PROGRAMS.matcher(path.getKey()).find())
                    .flatMap(path -> path.getValue().findValues("code").stream())
                    .flatMap(code -> code.path("enum").valueStream())
                    .forEach(code -> codes.add(code.asString()));
        }
        codes.removeAll(NEVER_SAID);
        assertThat(codes).contains("SERVICE_AWAY", "TOKEN_DELETED", "HISTORY_NOT_KEPT");
        JsonNode english = messages("en");
        assertThat(codes).allMatch(code -> english.has("problem." + code));
    }

    /** What a field must be is found by the very words of the service that refuses it. */
    @Test
    void rulesAreWordedAsTheServicesWordThem() throws IOException {
        String source = "";
        for (String module :
                List.of("shared-events", "command-service", "query-service", "console")) {
            source += javaSource(Path.of("..", module, "src/main/java"));
        }
        String literals = source.replaceAll("\"\\s*\\+\\s*\"", "");
        List<String> rules =
                messages("en").propertyNames().stream()
                        .filter(key -> key.startsWith("rule."))
                        .toList();
        assertThat(rules).isNotEmpty();
        for (String rule : rules) {
            String pattern =
                    Stream.of(rule.substring("rule.".length()).split("#", -1))
                            .map(Pattern::quote)
                            .collect(Collectors.joining(NUMBER));
            assertThat(Pattern.compile('"' + pattern + '"').matcher(literals).find())
                    .as(rule)
                    .isTrue();
        }
    }
}
