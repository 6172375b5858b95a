package com.tokaify.ledger.testkit.openapi;

import com.tokaify.ledger.events.codec.StrictJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;

/**
 * The copy of a service's document that lies in {@code docs/openapi}, so that every change of an
 * API shows in review. Compared with what is served; written anew only by tests that are run with
 * {@code -Dledger.golden=write}, which fail then, so that no build passes by rewriting it.
 */
public record CommittedDocument(Path file) {
    private static final DefaultPrettyPrinter LINES =
            new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));

    /** The copy for this service, seen from the folder of any module. */
    public static CommittedDocument of(String service) {
        return new CommittedDocument(Path.of("../docs/openapi", service + ".json"));
    }

    /**
     * @throws AssertionError where the copy is another document
     */
    public void assertIs(ApiDocument served) throws IOException {
        String text =
                StrictJson.MAPPER.writer().with(LINES).writeValueAsString(served.json()) + "\n";
        if ("write".equals(System.getProperty("ledger.golden"))) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            throw new AssertionError(
                    "wrote %s: read the difference, then run again without ledger.golden"
                            .formatted(file));
        }
        if (!Files.exists(file) || !Files.readString(file).equals(text)) {
            throw new AssertionError(
                    "%s is not what the service serves: run again with -Dledger.golden=write and read the difference"
                            .formatted(file));
        }
    }
}
