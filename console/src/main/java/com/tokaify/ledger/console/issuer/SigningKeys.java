package com.tokaify.ledger.console.issuer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;

/**
 * The keys that sign tokens: a JSON Web Key Set in a file that only its owner can read. The first
 * key signs, all are published. A key is never changed: where the first has grown old, a new one is
 * put before it, and the others stay until what they signed has long expired.
 */
final class SigningKeys {
    private static final int BITS = 2048;

    /** What signed before the last but one has nothing left that is valid. */
    private static final int KEPT = 3;

    private static final Set<PosixFilePermission> OWNER_ONLY =
            PosixFilePermissions.fromString("rw-------");

    private SigningKeys() {}

    /**
     * The keys of a file, made where it is missing, with a new one first where the first is older
     * than it may be.
     *
     * @throws IllegalStateException where the file cannot be used, saying why
     */
    static JWKSet in(Path file, Duration life, Instant now) {
        try {
            List<JWK> keys = Files.exists(file) ? read(file) : List.of();
            if (!keys.isEmpty() && issued(keys.getFirst()).plus(life).isAfter(now)) {
                return new JWKSet(keys);
            }
            List<JWK> renewed = new ArrayList<>();
            renewed.add(generated(now));
            renewed.addAll(keys.subList(0, Math.min(keys.size(), KEPT - 1)));
            JWKSet set = new JWKSet(renewed);
            write(file, set.toString(false));
            return set;
        } catch (IOException e) {
            throw new IllegalStateException("the signing key file " + file + " cannot be used", e);
        }
    }

    private static List<JWK> read(Path file) throws IOException {
        if (!OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
            throw new IllegalStateException(
                    "The signing key file "
                            + file
                            + " may be used by others than its owner; set its mode to 0600.");
        }
        try {
            return JWKSet.parse(Files.readString(file)).getKeys();
        } catch (ParseException e) {
            throw new IllegalStateException("The signing key file " + file + " holds no keys.", e);
        }
    }

    private static Instant issued(JWK key) {
        Date issued = key.getIssueTime();
        return issued == null ? Instant.EPOCH : issued.toInstant();
    }

    private static JWK generated(Instant now) {
        try {
            return new RSAKeyGenerator(BITS)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .keyIDFromThumbprint(true)
                    .issueTime(Date.from(now))
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("no RSA key can be made here", e);
        }
    }

    /** On disk before it signs anything. */
    private static void write(Path file, String content) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(unfinished);
        try (FileChannel channel =
                FileChannel.open(
                        unfinished,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
            ByteBuffer rest = StandardCharsets.UTF_8.encode(content);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
