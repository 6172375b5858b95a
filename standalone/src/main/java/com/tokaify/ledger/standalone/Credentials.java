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
record Credentials(
        LedgerDatabases.Passwords passwords,
        Path pepperFile,
        Path vaultKeyFile,
        OfConsole console) {
    private static final int PEPPER_BYTES = 32;
    private static final String FOLDER = "credentials";
    private static final String LOCAL_CLIENT = "local-client-secret";

    /**
     * The console's.
     *
     * @param signingKeyFile made by the console itself
     * @param firstPasswordFile of the first operator
     * @param firstPasswordIsNew whether nobody has seen it yet
     * @param localClientFile of the client that gets tokens of any role, for {@code access-token}
     */
    record OfConsole(
            String databasePassword,
            Path signingKeyFile,
            Path firstPasswordFile,
            boolean firstPasswordIsNew,
            Path localClientFile) {

        private static OfConsole in(Path credentials) throws IOException {
            Path firstPassword = credentials.resolve("first-operator-password");
            boolean isNew = !Files.exists(firstPassword);
            SecretFile.password(firstPassword);
            Path localClient = credentials.resolve(LOCAL_CLIENT);
            SecretFile.password(localClient);
            return new OfConsole(
                    SecretFile.password(credentials.resolve(LedgerDatabases.CONSOLE)),
                    credentials.resolve("signing-keys.json"),
                    firstPassword,
                    isNew,
                    localClient);
        }

        String firstPassword() throws IOException {
            return SecretFile.password(firstPasswordFile);
        }

        @Override
        public String toString() {
            return "[hidden]";
        }
    }

    /** The secret of the local client of a ledger on this data folder; it may be missing. */
    static Path localClientFile(Path data) {
        return data.resolve(FOLDER).resolve(LOCAL_CLIENT);
    }

    static Credentials in(LocalFolder folder) throws IOException {
        Path credentials = folder.data(FOLDER);
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
                credentials.resolve("vault-key"),
                OfConsole.in(credentials));
    }
}
