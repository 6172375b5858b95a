package com.tokaify.ledger.standalone;

import com.tokaify.ledger.local.LedgerDatabases;
import com.tokaify.ledger.local.LocalFolder;
import com.tokaify.ledger.local.SecretFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The secrets of this ledger, made at its first start and kept in its folder.
 *
 * @param vaultKeyFile made by command-service itself, and only while its vault is empty
 */
record Credentials(LedgerDatabases.Passwords passwords, Path pepperFile, Path vaultKeyFile) {
    private static final int PEPPER_BYTES = 32;

    static Credentials in(LocalFolder folder) throws IOException {
        Path credentials = folder.data("credentials");
        Files.createDirectories(credentials);
        Path pepperFile = credentials.resolve("pepper");
        SecretFile.ensureBytes(pepperFile, PEPPER_BYTES);
        return new Credentials(
                new LedgerDatabases.Passwords(
                        SecretFile.password(credentials.resolve(LedgerDatabases.OWNER)),
                        SecretFile.password(credentials.resolve(LedgerDatabases.WRITER)),
                        SecretFile.password(credentials.resolve(LedgerDatabases.RELAY)),
                        SecretFile.password(credentials.resolve(LedgerDatabases.VAULT)),
                        SecretFile.password(credentials.resolve(LedgerDatabases.QUERY))),
                pepperFile,
                credentials.resolve("vault-key"));
    }
}
