package com.tokaify.ledger.command.seal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.tokaify.ledger.events.secret.PrivateFile;
import com.tokaify.ledger.events.secret.WholeFile;
import com.tokaify.ledger.seals.SignerKey;
import com.tokaify.ledger.seals.VerifierKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The key that signs the log's checkpoints, in a file that its owner alone may use, and the one
 * that verifies them, in another for everybody. A key is made while the log is empty and never
 * again: who has lost it begins a new log, under a new name.
 */
final class SealKeyFile {
    private final String origin;
    private final Path file;
    private final Path verifierFile;

    /**
     * @param origin the log's name, which is the key's
     * @param verifierFile empty where the verifier key is not to be written anywhere
     */
    SealKeyFile(String origin, Path file, Path verifierFile) {
        this.origin = origin;
        this.file = file;
        this.verifierFile = verifierFile;
    }

    /**
     * Reads the key.
     *
     * @param mayBeMade whether nothing is sealed yet
     * @throws NoSealKey where there is none, or not this log's
     */
    SignerKey read(boolean mayBeMade) {
        if (isNone(file)) {
            throw new NoSealKey("LEDGER_SEAL_KEY_FILE names no key file for seals.");
        }
        try {
            SignerKey key = readOrMake(mayBeMade);
            if (!key.verifier().name().equals(origin)) {
                throw new NoSealKey(
                        "The key in "
                                + file
                                + " is of the log "
                                + key.verifier().name()
                                + ", not of "
                                + origin
                                + ".");
            }
            return key;
        } catch (IOException e) {
            throw new NoSealKey("The key file of seals, " + file + ", cannot be used: " + e, e);
        } catch (IllegalArgumentException e) {
            throw new NoSealKey(
                    "The key file of seals, " + file + ", holds no key: " + e.getMessage(), e);
        }
    }

    private SignerKey readOrMake(boolean mayBeMade) throws IOException {
        try {
            return SignerKey.parse(new String(PrivateFile.read(file), US_ASCII));
        } catch (NoSuchFileException e) {
            if (!mayBeMade) {
                throw new NoSealKey(
                        "The key file of seals, "
                                + file
                                + ", is missing, and the log is not empty.",
                        e);
            }
            SignerKey made = SignerKey.generate(origin);
            PrivateFile.write(file, made.secretText().getBytes(US_ASCII));
            return made;
        } catch (PrivateFile.NotPrivate e) {
            throw new NoSealKey("The key file of seals " + e.getMessage(), e);
        }
    }

    /**
     * Puts the key that verifies where it is looked for, once it has turned out to be the log's.
     *
     * @throws NoSealKey where it cannot be written
     */
    void tell(VerifierKey key) {
        String text = key + "\n";
        try {
            if (!isNone(verifierFile)
                    && !(Files.exists(verifierFile)
                            && Files.readString(verifierFile, US_ASCII).equals(text))) {
                WholeFile.write(verifierFile, WholeFile.Readers.EVERYBODY, text.getBytes(US_ASCII));
            }
        } catch (IOException e) {
            throw new NoSealKey(
                    "The file of the verifier key, " + verifierFile + ", cannot be written: " + e,
                    e);
        }
    }

    private static boolean isNone(Path path) {
        return path.toString().isEmpty();
    }
}
