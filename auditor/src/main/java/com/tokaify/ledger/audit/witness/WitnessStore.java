package com.tokaify.ledger.audit.witness;

import com.tokaify.ledger.audit.core.Malformed;
import com.tokaify.ledger.audit.core.VerifierKey;
import com.tokaify.ledger.audit.source.SourceFailed;
import com.tokaify.ledger.events.secret.WholeFile;
import com.tokaify.ledger.events.secret.WholeFile.Readers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;

/**
 * A folder in which a witness keeps its key, the log's key, the last checkpoint it has cosigned,
 * and what it has refused. Each file is replaced whole and is on disk before anybody is told.
 */
public final class WitnessStore {
    private final Path folder;

    private WitnessStore(Path folder) {
        this.folder = folder;
    }

    public static WitnessStore at(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new SourceFailed("cannot make " + folder, e);
        }
        return new WitnessStore(folder);
    }

    /** The witness's own key, made at its first start. */
    public SigningKey ownKey(String name) {
        Path secret = folder.resolve("witness-key");
        Path open = folder.resolve("witness-verifier-key");
        if (!Files.exists(secret)) {
            SigningKey key = SigningKey.generate(name, VerifierKey.Use.COSIGNATURE);
            // The public half first: where a secret is found there is always one.
            write(open, key.verifier() + "\n", Readers.EVERYBODY);
            byte[] encoded = key.key().getEncoded();
            write(secret, Base64.getEncoder().encodeToString(encoded) + "\n", Readers.OWNER);
            return key;
        }
        try {
            VerifierKey verifier = VerifierKey.parse(read(open).strip());
            byte[] encoded = Base64.getDecoder().decode(read(secret).strip());
            PrivateKey key =
                    KeyFactory.getInstance("Ed25519")
                            .generatePrivate(new PKCS8EncodedKeySpec(encoded));
            return new SigningKey(verifier, key);
        } catch (GeneralSecurityException | IllegalArgumentException | Malformed e) {
            throw new SourceFailed(secret + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** The key of the log this folder is of; written down at the first start, never changed. */
    public Optional<VerifierKey> logKey() {
        return existing("log-key").map(String::strip).map(VerifierKey::parse);
    }

    public void keepLogKey(VerifierKey key) {
        write(folder.resolve("log-key"), key + "\n", Readers.EVERYBODY);
    }

    /** The last checkpoint that was cosigned, with the cosignature. */
    public Optional<String> checkpoint() {
        return existing("checkpoint");
    }

    public void keepCheckpoint(String note) {
        write(folder.resolve("checkpoint"), note, Readers.EVERYBODY);
    }

    /**
     * Keeps what contradicts itself: two notes that one log has signed.
     *
     * @return where
     */
    public Path keepEvidence(String name, String kept, String seen) {
        Path evidence = folder.resolve("refused-" + name);
        try {
            Files.createDirectories(evidence);
        } catch (IOException e) {
            throw new SourceFailed("cannot make " + evidence, e);
        }
        write(evidence.resolve("kept"), kept, Readers.EVERYBODY);
        write(evidence.resolve("seen"), seen, Readers.EVERYBODY);
        return evidence;
    }

    private Optional<String> existing(String name) {
        Path file = folder.resolve(name);
        return Files.exists(file) ? Optional.of(read(file)) : Optional.empty();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new SourceFailed("cannot read " + file, e);
        }
    }

    private static void write(Path file, String text, Readers readers) {
        try {
            WholeFile.write(file, readers, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new SourceFailed("cannot write " + file, e);
        }
    }
}
