package com.tokaify.ledger.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the page takes from others lies where it looks for it: the addresses carry versions. */
class VendoredCodeTest {
    private static final Path PAGE = Path.of("src/main/resources/static");
    private static final Pattern ADDRESS = Pattern.compile("'(/webjars/[^']+)'");
    private static final Pattern IMPORT = Pattern.compile("(?:from|import) '([^']+)'");

    @Test
    void everyAddressLeadsToAFileOfTheClasspath() throws IOException {
        List<String> addresses =
                Stream.of("lit.js", "uplot.js")
                        .flatMap(file -> found(ADDRESS, PAGE.resolve("lib").resolve(file)))
                        .toList();
        assertThat(addresses)
                .hasSizeGreaterThan(5)
                .allMatch(address ->
                        VendoredCodeTest.class.getResource("/META-INF/resources" + address)
                                != null);
    }

    /** Anywhere else a new version would be forgotten. */
    @Test
    void onlyLibKnowsOthersAddressesAndEveryImportLeadsSomewhere() throws IOException {
        try (Stream<Path> files = Files.walk(PAGE)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".js")).toList()) {
                if (!file.startsWith(PAGE.resolve("lib"))) {
                    assertThat(found(IMPORT, file))
                            .as(file.toString())
                            .allMatch(address ->
                                    Files.exists(file.resolveSibling(address).normalize()));
                }
            }
        }
    }

    private static Stream<String> found(Pattern pattern, Path file) {
        try {
            return pattern.matcher(Files.readString(file)).results().map(match -> match.group(1));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
