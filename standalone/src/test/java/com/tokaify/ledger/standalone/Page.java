package com.tokaify.ledger.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A page of documentation as a reader at a terminal meets it: shell blocks, each with the answer
 * that stands right after it, where one does.
 */
record Page(List<Block> blocks) {
    private static final Pattern FENCE =
            Pattern.compile(
                    "^```(?<info>[^`\\n]*)\\n(?<text>.*?)^```[ ]*$",
                    Pattern.DOTALL | Pattern.MULTILINE);

    /** How a shell block is run. The word behind {@code sh} in its first line says so. */
    enum How {
        /** It prints at once what is shown. */
        AT_ONCE("sh"),
        /** It asks somebody who hears of things a moment later: it is run until it prints that. */
        SOON("sh soon"),
        /** It needs what is not here, such as Docker or another machine. */
        NOT_RUN("sh not-run");

        private final String info;

        How(String info) {
            this.info = info;
        }

        private static How of(String info) {
            for (How how : values()) {
                if (how.info.equals(info)) {
                    return how;
                }
            }
            throw new IllegalArgumentException("no way to run a block: " + info);
        }
    }

    /**
     * @param answer what it prints; null where the page shows nothing
     */
    record Block(How how, String command, @Nullable String answer) {}

    static Page read(Path file) throws IOException {
        return parse(Files.readString(file));
    }

    static Page parse(String text) {
        List<Block> blocks = new ArrayList<>();
        Matcher fence = FENCE.matcher(text);
        int asked = -1;
        while (fence.find()) {
            String info = fence.group("info").strip();
            if (info.equals("sh") || info.startsWith("sh ")) {
                blocks.add(new Block(How.of(info), fence.group("text"), null));
                asked = fence.end();
            } else if (asked >= 0 && text.substring(asked, fence.start()).isBlank()) {
                Block last = blocks.removeLast();
                blocks.add(new Block(last.how(), last.command(), fence.group("text")));
                asked = -1;
            }
        }
        return new Page(List.copyOf(blocks));
    }

    /** The first line of every block of a page, without its fence: the language, or nothing. */
    static List<String> languages(String text) {
        return FENCE.matcher(text).results().map(fence -> fence.group("info").strip()).toList();
    }

    /** Whether a reader at a terminal has something to do here. */
    boolean isRun() {
        return blocks.stream().anyMatch(block -> block.how() != How.NOT_RUN);
    }
}
