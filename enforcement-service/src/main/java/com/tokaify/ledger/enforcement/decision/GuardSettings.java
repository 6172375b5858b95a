package com.tokaify.ledger.enforcement.decision;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What decisions need from outside.
 *
 * @param pepperFile the file with the ledger's pepper, exactly 32 bytes
 */
@ConfigurationProperties("ledger.guard")
public record GuardSettings(String pepperFile) {
    public GuardSettings {
        if (pepperFile.isBlank()) {
            throw new IllegalArgumentException(
                    "LEDGER_PEPPER_FILE must name the file with the ledger's pepper");
        }
    }

    public Path pepperPath() {
        return Path.of(pepperFile);
    }
}
