package com.tokaify.ledger.command.vault;

import static com.tokaify.ledger.command.Samples.ACCOUNT;
import static com.tokaify.ledger.command.Samples.tokenId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.tokaify.ledger.command.LedgerInstance;
import com.tokaify.ledger.command.settings.DatabaseSettings;
import com.tokaify.ledger.command.startup.StoreSetup;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.secret.TokenSecret;
import com.tokaify.ledger.testkit.LedgerDatabase;
import com.tokaify.ledger.testkit.LedgerInfrastructure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets go in and come out, each as its own token's, and only while the keys are there. */
class SecretVaultIT {
    private static final AccountId OTHER_ACCOUNT =
            new AccountId(new UUID(0x0198_0000_0001_7000L, 2));
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir private Path folder;
    private LedgerDatabase database;
    private DatabaseSettings settings;
    private Path keyFile;
    private VaultInstance one;

    @BeforeEach
    void start() {
        database = LedgerInfrastructure.get().newLedgerDatabase();
        settings = LedgerInstance.settings(database);
        StoreSetup.prepare(settings.owner(), 1);
        keyFile = folder.resolve("vault-key");
        one = new VaultInstance(settings, keyFile);
    }

    @AfterEach
    void stop() {
        one.close();
    }

    private static TokenSecret secret() {
        return TokenSecret.generate(RANDOM);
    }

    private static void assertShows(VaultInstance instance, TokenId token, TokenSecret secret) {
        assertThat(instance.vault().open(token, 1).orElseThrow().reveal())
                .isEqualTo(secret.reveal());
    }

    private void superuser(String sql) throws SQLException {
        try (Connection connection = database.superuser();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** What is kept can be shown, by any instance, also a key of another system. */
    @Test
    void showsWhatItKeeps() throws Exception {
        TokenSecret own = secret();
        TokenSecret foreign = TokenSecret.parseForeign("aB3".repeat(16)).orElseThrow();
        one.keep(ACCOUNT, tokenId(1), 1, own);
        one.keep(ACCOUNT, tokenId(2), 1, foreign);

        assertShows(one, tokenId(1), own);
        assertThat(one.vault().open(tokenId(1), 2)).isEmpty();
        assertThat(one.vault().open(tokenId(3), 1)).isEmpty();
        try (VaultInstance other = new VaultInstance(settings, keyFile)) {
            assertShows(other, tokenId(1), own);
            assertShows(other, tokenId(2), foreign);
        }
    }

    /** A later secret leaves nothing of the one before, and a deleted token nothing at all. */
    @Test
    void keepsNothingLongerThanItMust() throws Exception {
        TokenSecret second = secret();
        one.keep(ACCOUNT, tokenId(1), 1, secret());
        one.keep(ACCOUNT, tokenId(2), 1, secret());
        one.keep(ACCOUNT, tokenId(1), 2, second);

        assertThat(one.vault().open(tokenId(1), 2).orElseThrow().reveal())
                .isEqualTo(second.reveal());
        assertThat(one.vault().open(tokenId(1), 1)).isEmpty();
        assertThat(secretsOf(tokenId(1))).isEqualTo(1);

        one.write(SecretVault.forget(tokenId(1)));
        assertThat(one.vault().holds(tokenId(1))).isFalse();
        assertThat(secretsOf(tokenId(1))).isZero();
        assertThat(one.vault().holds(tokenId(2))).isTrue();
    }

    private int secretsOf(TokenId token) throws SQLException {
        try (Connection connection = database.superuser();
                Statement statement = connection.createStatement();
                var row =
                        statement.executeQuery(
                                "select count(*) from vault.token_secret where token = '"
                                        + token.uuid()
                                        + "'")) {
            row.next();
            return row.getInt(1);
        }
    }

    /**
     * Whoever can write the table cannot have another token's secret shown: not by moving a
     * ciphertext to another token, to another version of its own, or to another account.
     */
    @Test
    void aSecretOpensInItsOwnRowOnly() throws Exception {
        one.keep(ACCOUNT, tokenId(1), 1, secret());
        one.keep(ACCOUNT, tokenId(2), 1, secret());
        one.keep(ACCOUNT, tokenId(3), 1, secret());
        one.keep(ACCOUNT, tokenId(4), 1, secret());
        one.keep(OTHER_ACCOUNT, tokenId(5), 1, secret());
        superuser(
                """
                update vault.token_secret a set ciphertext = b.ciphertext from vault.token_secret b
                where a.token = '%1$s' and b.token = '%2$s' or a.token = '%2$s' and b.token = '%1$s'
                """
                        .formatted(tokenId(1).uuid(), tokenId(2).uuid()));
        superuser(
                "update vault.token_secret set version = 2 where token = '%s'"
                        .formatted(tokenId(3).uuid()));
        superuser(
                "update vault.token_secret set account = '%s' where token = '%s'"
                        .formatted(OTHER_ACCOUNT.uuid(), tokenId(4).uuid()));
        superuser(
                """
                update vault.token_secret set ciphertext = set_byte(ciphertext, 9,
                    get_byte(ciphertext, 9) # 1) where token = '%s'
                """
                        .formatted(tokenId(5).uuid()));
        for (int token = 1; token <= 5; token++) {
            TokenId moved = tokenId(token);
            assertThatIllegalStateException()
                    .isThrownBy(() -> one.vault().open(moved, moved.equals(tokenId(3)) ? 2 : 1))
                    .withMessageContaining(moved + " does not open");
        }
    }

    /** An account's key opens as that account's only. */
    @Test
    void anAccountKeyOpensInItsOwnRowOnly() throws Exception {
        one.keep(ACCOUNT, tokenId(1), 1, secret());
        one.keep(OTHER_ACCOUNT, tokenId(2), 1, secret());
        superuser(
                """
                update vault.account_key a set wrapped = b.wrapped from vault.account_key b
                where a.account <> b.account
                """);
        try (VaultInstance other = new VaultInstance(settings, keyFile)) {
            for (TokenId token : List.of(tokenId(1), tokenId(2))) {
                assertThatIllegalStateException()
                        .isThrownBy(() -> other.vault().open(token, 1))
                        .withMessageContaining("an account key does not open");
            }
        }
    }

    /** However many ask first, an account gets one key, and all their secrets can be shown. */
    @Test
    void anAccountGetsOneKey() throws Exception {
        int callers = 16;
        List<TokenSecret> secrets = new ArrayList<>();
        CountDownLatch together = new CountDownLatch(callers);
        List<Future<?>> all = new ArrayList<>();
        try (VaultInstance other = new VaultInstance(settings, keyFile);
                ExecutorService threads = Executors.newFixedThreadPool(callers)) {
            for (int i = 0; i < callers; i++) {
                VaultInstance instance = i % 2 == 0 ? one : other;
                TokenSecret secret = secret();
                TokenId token = tokenId(i);
                secrets.add(secret);
                all.add(
                        threads.submit(() -> {
                            together.countDown();
                            together.await();
                            instance.keep(ACCOUNT, token, 1, secret);
                            return null;
                        }));
            }
            for (Future<?> each : all) {
                each.get();
            }
        }
        try (VaultInstance another = new VaultInstance(settings, keyFile)) {
            for (int i = 0; i < callers; i++) {
                assertShows(another, tokenId(i), secrets.get(i));
            }
        }
    }

    /**
     * Without its keys the vault neither keeps nor shows, makes no new ones, and says which file is
     * missing. It opens as soon as the file is back.
     */
    @Test
    void saysWhichFileIsMissingUntilItIsBack() throws Exception {
        TokenSecret secret = secret();
        one.keep(ACCOUNT, tokenId(1), 1, secret);
        Path saved = Files.move(keyFile, folder.resolve("saved"));
        String missing = "The vault's key file " + keyFile + " is missing.";
        try (VaultInstance other = new VaultInstance(settings, keyFile)) {
            assertThatExceptionOfType(VaultUnavailable.class)
                    .isThrownBy(() -> other.inForce().agree())
                    .withMessage(missing);
            assertThatExceptionOfType(VaultUnavailable.class)
                    .isThrownBy(() -> other.vault().open(tokenId(1), 1))
                    .withMessage(missing);
            for (AccountId account : List.of(ACCOUNT, OTHER_ACCOUNT)) {
                assertThatExceptionOfType(VaultUnavailable.class)
                        .isThrownBy(() -> other.vault().safeOf(account))
                        .withMessage(missing);
            }
            assertThatExceptionOfType(VaultUnavailable.class)
                    .isThrownBy(() -> other.rotation().rotate(false))
                    .withMessage(missing);
            assertThat(keyFile).doesNotExist();

            Files.move(saved, keyFile);
            assertShows(other, tokenId(1), secret);
            other.keep(OTHER_ACCOUNT, tokenId(2), 1, secret);
            assertShows(one, tokenId(2), secret);
        }
    }

    /** The key file of another vault does not become this one's, and is left as it is. */
    @Test
    void aKeyFileOfAnotherVaultIsRefused() throws Exception {
        one.keep(ACCOUNT, tokenId(1), 1, secret());
        Path wrong = folder.resolve("wrong");
        new KeyFile(wrong, () -> true).currentKeyId();
        byte[] content = Files.readAllBytes(wrong);
        try (VaultInstance other = new VaultInstance(settings, wrong)) {
            assertThatExceptionOfType(VaultUnavailable.class)
                    .isThrownBy(() -> other.inForce().agree())
                    .withMessageContaining("The vault's key file " + wrong + " has no key");
            assertThatExceptionOfType(VaultUnavailable.class)
                    .isThrownBy(() -> other.vault().safeOf(OTHER_ACCOUNT));
            assertThatExceptionOfType(VaultUnavailable.class)
                    .isThrownBy(() -> other.rotation().rotate(true));
        }
        assertThat(Files.readAllBytes(wrong)).isEqualTo(content);
        one.keep(OTHER_ACCOUNT, tokenId(2), 1, secret());
        assertThat(one.vault().open(tokenId(2), 1)).isPresent();
    }

    /** While nothing was ever encrypted, a lost file has lost nothing. */
    @Test
    void anEmptyVaultBeginsAnew() throws Exception {
        String first = one.inForce().agree();
        Files.delete(keyFile);
        try (VaultInstance other = new VaultInstance(settings, keyFile)) {
            assertThat(other.inForce().agree()).isNotEqualTo(first);
            other.keep(ACCOUNT, tokenId(1), 1, secret());
        }
        assertThat(one.vault().open(tokenId(1), 1)).isPresent();
    }
}
