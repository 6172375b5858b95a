package com.tokaify.ledger.standalone;

import com.tokaify.ledger.local.LedgerDatabases;
import com.tokaify.ledger.local.LocalFolder;
import com.tokaify.ledger.local.SecretFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The secrets of this ledger, made at its first start and kept in its folder.
 *
 * @param vaultKeyFile made by command-service itself, and only while its vault is empty
 * @param seals made by command-service itself, and only while nothing is sealed
 * @param gatewayKeyFile of a gateway on this machine
 */
record Credentials(
        LedgerDatabases.Passwords passwords,
        Path pepperFile,
        Path vaultKeyFile,
        SealKeys seals,
        Path gatewayKeyFile,
        OfConsole console) {
    private static final int PEPPER_BYTES = 32;
    private static final String FOLDER = "credentials";
    private static final String LOCAL_CLIENT = "local-client-secret";
    private static final String GATEWAY_KEY = "gateway-key";

    /**
     * The keys of the log of seals.
     *
     * @param signer secret
     * @param verifier for everybody to have
     */
    record SealKeys(Path signer, Path verifier) {}

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

    /** The key of the gateway of a ledger on this data folder; it may be missing. */
    static Path gatewayKeyFile(Path data) {
        return data.resolve(FOLDER).resolve(GATEWAY_KEY);
    }

    /** What enforcement-service is told of the gateway's key: its SHA-256. */
    String gatewayKeyDigest() {
        try {
            byte[] key = SecretFile.password(gatewayKeyFile).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(key));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    static Credentials in(LocalFolder folder) throws IOException {
        Path credentials = folder.data(FOLDER);
        Files.createDirectories(credentials);
        Path pepperFile = credentials.resolve("pepper");
        SecretFile.ensureBytes(pepperFile, PEPPER_BYTES);
        Path gatewayKeyFile = credentials.resolve(GATEWAY_KEY);
        SecretFile.password(gatewayKeyFile);
        return new Credentials(
                new LedgerDatabases.Passwords(
                        SecretFile.password(credentials.resolve(LedgerDatabases.OWNER)),
                        SecretFile.password(credentials.resolve(LedgerDatabases.WRITER)),
                        SecretFile.password(credentials.resolve(LedgerDatabases.RELAY)),
                        SecretFile.password(credentials.resolve(LedgerDatabases.VAULT)),
                        SecretFile.password(credentials.resolve(LedgerDatabases.SEALER)),
                        SecretFile.password(credentials.resolve(LedgerDatabases.AUDITOR)),
                        SecretFile.password(credentials.resolve(LedgerDatabases.QUERY))),
                pepperFile,
                credentials.resolve("vault-key"),
                new SealKeys(
                        credentials.resolve("seal-key"), credentials.resolve("seal-verifier-key")),
                gatewayKeyFile,
                OfConsole.in(credentials));
    }
}
