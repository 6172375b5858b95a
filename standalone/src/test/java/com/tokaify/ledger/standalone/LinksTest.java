package com.tokaify.ledger.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A page that sends its reader nowhere was not read by whoever wrote it. */
class LinksTest {
    private static final Pattern LINK =
            Pattern.compile("]\\((?![a-z]+:)(?<file>[^)#\\s]*)(#(?<heading>[^)\\s]+))?\\)");
    private static final Pattern HEADING = Pattern.compile("^#+ (.+)$", Pattern.MULTILINE);

    /** Every link within the repository leads to a file, and to a heading of it where it says. */
    @Test
    void everyLinkOfEveryPageLeadsSomewhere() throws IOException {
        List<Path> pages = Pages.all();
        assertThat(pages).hasSizeGreaterThan(30);
        List<String> dead = new ArrayList<>();
        for (Path page : pages) {
            LINK.matcher(Files.readString(page))
                    .results()
                    .filter(link ->
                            !leadsSomewhere(page, link.group("file"), link.group("heading")))
                    .forEach(link -> dead.add(Pages.HOUSE.relativize(page) + " " + link.group()));
        }
        assertThat(dead).isEmpty();
    }

    private static boolean leadsSomewhere(Path page, String file, @Nullable String heading) {
        Path target = file.isEmpty() ? page : page.resolveSibling(file).normalize();
        return Files.exists(target) && (heading == null || headings(target).contains(heading));
    }

    private static List<String> headings(Path page) {
        try {
            return HEADING.matcher(Files.readString(page))
                    .results()
                    .map(heading -> anchor(heading.group(1)))
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** As a code host makes it of a heading. */
    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }
}
