package com.tokaify.ledger.console.issuer;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.tokaify.ledger.events.secret.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;

/**
 * The keys that sign tokens: a JSON Web Key Set in a private file. The first key signs, all are
 * published. A key is never changed: where the first has grown old, a new one is put before it, and
 * the others stay until what they signed has long expired.
 */
final class SigningKeys {
    private static final int BITS = 2048;

    /** What signed before the last but one has nothing left that is valid. */
    private static final int KEPT = 3;

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
            PrivateFile.write(file, set.toString(false).getBytes(UTF_8));
            return set;
        } catch (IOException e) {
            throw new IllegalStateException("the signing key file " + file + " cannot be used", e);
        }
    }

    private static List<JWK> read(Path file) throws IOException {
        try {
            return JWKSet.parse(new String(PrivateFile.read(file), UTF_8)).getKeys();
        } catch (PrivateFile.NotPrivate e) {
            throw new IllegalStateException("The signing key file " + e.getMessage(), e);
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
}
