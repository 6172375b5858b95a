package com.tokaify.ledger.command.vault;

import static com.tokaify.ledger.command.Samples.tokenId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.tokaify.ledger.command.LedgerInstance;
import com.tokaify.ledger.command.settings.DatabaseSettings;
import com.tokaify.ledger.command.startup.StoreSetup;
import com.tokaify.ledger.command.vault.KeyRotation.Rotated;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.secret.TokenSecret;
import com.tokaify.ledger.testkit.LedgerDatabase;
import com.tokaify.ledger.testkit.LedgerInfrastructure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys change while the vault is in use, and no secret is lost by it. */
class KeyRotationIT {
    /** More than two bites of a rotation. */
    private static final int ACCOUNTS = 230;

    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir private Path folder;
    private DatabaseSettings settings;
    private Path keyFile;
    private final List<TokenSecret> secrets = new ArrayList<>();

    @BeforeEach
    void start() {
        LedgerDatabase database = LedgerInfrastructure.get().newLedgerDatabase();
        settings = LedgerInstance.settings(database);
        StoreSetup.prepare(settings.owner(), 1);
        keyFile = folder.resolve("vault-key");
    }

    private static AccountId account(int number) {
        return new AccountId(new UUID(0x0198_0000_0001_7000L, number));
    }

    /** One secret for each of so many new accounts. */
    private void keep(VaultInstance instance, int accounts) throws SQLException {
        for (int i = 0; i < accounts; i++) {
            int number = secrets.size();
            secrets.add(TokenSecret.generate(RANDOM));
            instance.keep(account(number), tokenId(number), 1, secrets.getLast());
        }
    }

    /** To an instance that has just started, and knows nothing but the file and the tables. */
    private void assertAllAreShown() {
        try (VaultInstance fresh = new VaultInstance(settings, keyFile)) {
            for (int i = 0; i < secrets.size(); i++) {
                assertThat(fresh.vault().open(tokenId(i), 1).orElseThrow().reveal())
                        .isEqualTo(secrets.get(i).reveal());
            }
        }
    }

    /** Every account key is wrapped anew, once, and every secret is shown before and after. */
    @Test
    void everyAccountKeyIsWrappedAnew() throws Exception {
        try (VaultInstance one = new VaultInstance(settings, keyFile)) {
            keep(one, ACCOUNTS);
            String before = one.inForce().agree();

            Rotated rotated = one.rotation().rotate(false);

            assertThat(rotated.rewrapped()).isEqualTo(ACCOUNTS);
            assertThat(rotated.keyId()).isNotEqualTo(before);
            assertAllAreShown();
            keep(one, 1);
            assertAllAreShown();
        }
    }

    /** Once retired, an old key is in the file no more; a copy of it opens nothing. */
    @Test
    void aRetiredKeyOpensNothing() throws Exception {
        Path stolen = folder.resolve("stolen");
        try (VaultInstance one = new VaultInstance(settings, keyFile)) {
            keep(one, 3);
            Files.copy(keyFile, stolen);

            one.rotation().rotate(true);

            assertAllAreShown();
        }
        try (VaultInstance thief = new VaultInstance(settings, stolen)) {
            assertThatExceptionOfType(VaultUnavailable.class)
                    .isThrownBy(() -> thief.vault().open(tokenId(0), 1));
        }
    }

    /** Another instance meets a key it does not know, and reads the file anew. */
    @Test
    void anotherInstanceFollows() throws Exception {
        try (VaultInstance one = new VaultInstance(settings, keyFile);
                VaultInstance other = new VaultInstance(settings, keyFile)) {
            keep(other, 2);
            one.rotation().rotate(true);
            keep(one, 1);

            assertThat(other.vault().open(tokenId(2), 1)).isPresent();
            keep(other, 1);
            assertThat(one.vault().open(tokenId(3), 1)).isPresent();
            assertAllAreShown();
        }
    }

    /** A rotation that dies half-way is finished by the next one, without another new key. */
    @Test
    void anUnfinishedRotationIsFinished() throws Exception {
        AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);
        try (VaultInstance dying = new VaultInstance(settings, keyFile, keys -> dying(keys, left));
                VaultInstance next = new VaultInstance(settings, keyFile)) {
            keep(dying, ACCOUNTS);
            left.set(150);
            assertThatExceptionOfType(VaultUnavailable.class)
                    .isThrownBy(() -> dying.rotation().rotate(true))
                    .withMessage("died");
            assertAllAreShown();
            String begun = next.inForce().agree();

            Rotated rotated = next.rotation().rotate(true);

            assertThat(rotated.keyId()).isEqualTo(begun);
            assertThat(rotated.rewrapped()).isEqualTo(ACCOUNTS - 100);
            assertAllAreShown();
        }
    }

    private static KeyEncryption dying(KeyEncryption keys, AtomicInteger left) {
        return new Between(
                keys,
                () -> {
                    if (left.decrementAndGet() < 0) {
                        throw new VaultUnavailable("died");
                    }
                });
    }

    /**
     * A key that was wrapped just before the keys change, and would be stored just after, is not
     * stored under a key that is gone.
     */
    @Test
    void aKeyIsNotStoredUnderOneThatIsGone() throws Exception {
        AtomicBoolean once = new AtomicBoolean();
        try (VaultInstance rotating = new VaultInstance(settings, keyFile);
                VaultInstance writing =
                        new VaultInstance(
                                settings,
                                keyFile,
                                keys ->
                                        new Between(
                                                keys,
                                                () -> {
                                                    if (once.getAndSet(false)) {
                                                        rotating.rotation().rotate(true);
                                                    }
                                                }))) {
            keep(writing, 1);
            once.set(true);
            keep(writing, 1);
            assertThat(once).isFalse();
        }
        assertAllAreShown();
    }

    /** Does something whenever a key was wrapped. */
    private record Between(KeyEncryption keys, Runnable afterWrapping) implements KeyEncryption {
        @Override
        public String currentKeyId() {
            return keys.currentKeyId();
        }

        @Override
        public byte[] wrap(byte[] key, byte[] context) {
            byte[] wrapped = keys.wrap(key, context);
            afterWrapping.run();
            return wrapped;
        }

        @Override
        public byte[] unwrap(byte[] wrapped, byte[] context) {
            return keys.unwrap(wrapped, context);
        }

        @Override
        public void renew() {
            keys.renew();
        }

        @Override
        public void retireAllBut(Set<String> needed) {
            keys.retireAllBut(needed);
        }
    }

    /**
     * Instances rotate and retire again and again while others make keys for new accounts: no
     * account key is ever left under a key that was thrown away.
     */
    @Test
    void noKeyIsLostBetweenRotationsAndNewAccounts() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        List<Future<?>> rotations = new ArrayList<>();
        int rotators = 2;
        try (VaultInstance writing = new VaultInstance(settings, keyFile);
                ExecutorService threads = Executors.newFixedThreadPool(rotators)) {
            try {
                for (int i = 0; i < rotators; i++) {
                    rotations.add(
                            threads.submit(() -> {
                                try (VaultInstance rotating =
                                        new VaultInstance(settings, keyFile)) {
                                    while (!done.get()) {
                                        rotating.rotation().rotate(true);
                                    }
                                }
                            }));
                }
                keep(writing, ACCOUNTS / 5);
            } finally {
                done.set(true);
            }
            for (Future<?> each : rotations) {
                each.get();
            }
        }
        assertAllAreShown();
    }
}
