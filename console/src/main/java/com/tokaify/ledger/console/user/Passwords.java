package com.tokaify.ledger.console.user;

import com.tokaify.ledger.console.oidc.WithEmbeddedIssuer;
import com.tokaify.ledger.service.problem.ProblemException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Hashes passwords with Argon2id, told by a prefix, so that a better one can take its place. Each
 * hash takes 16 MiB and a processor for a moment on purpose; no more are made at a time than there
 * are processors, so that a flood of sign-ins waits and does not bring the process down.
 * Thread-safe.
 */
@Component
@WithEmbeddedIssuer
public class Passwords {
    private static final String ARGON2 = "argon2id";
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final PasswordEncoder encoder =
            new DelegatingPasswordEncoder(
                    ARGON2, Map.of(ARGON2, Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8()));
    private final Semaphore processors =
            new Semaphore(Runtime.getRuntime().availableProcessors(), true);

    /** Of nobody's password: whoever asks for a name that does not exist waits as long. */
    private final String nobodys = Objects.requireNonNull(encoder.encode("nobody's"));

    /** The hash to keep. */
    public String hash(Password password) {
        return limited(() -> Objects.requireNonNull(encoder.encode(password.text())));
    }

    /** Whether it is the one. Takes the same time where there is none. */
    public boolean matches(String tried, Optional<String> hash) {
        if (tried.length() > 2 * Password.LONGEST) {
            return false;
        }
        boolean same = limited(() -> encoder.matches(tried, hash.orElse(nobodys)));
        return same && hash.isPresent();
    }

    private <T> T limited(Supplier<T> work) {
        try {
            if (!processors.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new ProblemException(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "TOO_BUSY",
                        "Too many people sign in at this moment; try again.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        try {
            return work.get();
        } finally {
            processors.release();
        }
    }
}
