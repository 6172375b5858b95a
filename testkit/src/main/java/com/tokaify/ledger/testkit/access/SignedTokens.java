package com.tokaify.ledger.testkit.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.tokaify.ledger.events.codec.StrictJson;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A small issuer of access tokens: one RSA key, an HTTP server on loopback that tells where it is
 * found, and tokens of every kind, also those no service may take. Signs by the JDK alone, so that
 * it shares no code with what checks the signatures. Thread-safe.
 */
public final class SignedTokens implements AutoCloseable {
    /** What the tokens are meant for. */
    public static final String AUDIENCE = "tokaify-ledger";

    private static final String JWKS = "/jwks";
    private static final int LIFETIME_SECONDS = 300;
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    // Keys take long to make, and tests make many issuers: all have the same ones.
    private static final Key FIRST = Key.named("first");
    private static final Key NEXT = Key.named("next");
    private static final Key STRANGERS = Key.named("stranger's");

    private final HttpServer server;
    private final AtomicInteger lookUps = new AtomicInteger();
    private volatile Key key = FIRST;
    private volatile boolean away;

    private record Key(String id, KeyPair pair) {
        private static Key named(String id) {
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(2048);
                return new Key(id, generator.generateKeyPair());
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java runtime has RSA", e);
            }
        }

        private RSAPublicKey open() {
            return (RSAPublicKey) pair.getPublic();
        }
    }

    private SignedTokens(HttpServer server) {
        this.server = server;
    }

    /** An issuer on a free port of loopback. */
    public static SignedTokens start() throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        SignedTokens issuer = new SignedTokens(server);
        server.createContext("/.well-known/openid-configuration", issuer::describe);
        server.createContext(JWKS, issuer::tellKeys);
        server.start();
        return issuer;
    }

    /** What services are to be told, by the names of their settings. */
    public Map<String, String> settings() {
        return Map.of("ledger.access.issuer", issuer());
    }

    public String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void describe(HttpExchange exchange) throws IOException {
        answer(exchange, Map.of("issuer", issuer(), "jwks_uri", issuer() + JWKS));
    }

    private void tellKeys(HttpExchange exchange) throws IOException {
        lookUps.incrementAndGet();
        RSAPublicKey open = key.open();
        answer(
                exchange,
                Map.of(
                        "keys",
                        List.of(
                                Map.of(
                                        "kty",
                                        "RSA",
                                        "use",
                                        "sig",
                                        "alg",
                                        "RS256",
                                        "kid",
                                        key.id(),
                                        "n",
                                        text(open.getModulus()),
                                        "e",
                                        text(open.getPublicExponent())))));
    }

    private void answer(HttpExchange exchange, Map<String, ?> json) throws IOException {
        byte[] body = StrictJson.MAPPER.writeValueAsBytes(json);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(away ? 503 : 200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** As JWK has a number: its bytes, and none for the sign. */
    private static String text(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return BASE64.encodeToString(
                bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }

    /** How often somebody has fetched the keys. */
    public int lookUps() {
        return lookUps.get();
    }

    /** Signs with another key from now on, and withdraws the one before. */
    public void takeAnotherKey() {
        key = NEXT;
    }

    /** Answers 503 to whoever asks for keys, or answers again. */
    public void goAway(boolean isAway) {
        away = isAway;
    }

    public Claims operator() {
        return claims("operator");
    }

    public Claims owner(String account) {
        return claims("owner").with("account", account);
    }

    /** Of all accounts. */
    public Claims auditor() {
        return claims("auditor");
    }

    /** Of all accounts, and a machine. */
    public Claims gateway() {
        return claims("gateway").without("auth_time");
    }

    private Claims claims(String role) {
        long now = Instant.now().getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", issuer());
        claims.put("aud", AUDIENCE);
        claims.put("sub", "usr_" + role);
        claims.put("role", role);
        claims.put("iat", now);
        claims.put("exp", now + LIFETIME_SECONDS);
        claims.put("auth_time", now);
        return new Claims(claims);
    }

    /** Tokens no service may take, by what is wrong with them; all else is an operator's. */
    public Map<String, String> unacceptable() {
        Claims good = operator();
        long now = Instant.now().getEpochSecond();
        Map<String, String> tokens = new LinkedHashMap<>();
        tokens.put("wrong issuer", good.with("iss", "https://elsewhere.example").signed());
        tokens.put("wrong audience", good.with("aud", "another-api").signed());
        tokens.put("no audience", good.without("aud").signed());
        tokens.put("expired", good.with("iat", now - 420).with("exp", now - 120).signed());
        tokens.put("never expires", good.without("exp").signed());
        tokens.put("not yet valid", good.with("nbf", now + 120).signed());
        tokens.put("alg none", good.unsigned());
        tokens.put("signed by a stranger", good.signedByStranger());
        tokens.put("signed with the public key as a secret", good.signedWithThePublicKey());
        tokens.put("changed after it was signed", good.changed("auditor"));
        tokens.put("no role", good.without("role").signed());
        tokens.put("unknown role", good.with("role", "root").signed());
        tokens.put("owner of no account", good.with("role", "owner").signed());
        tokens.put("owner of no such thing", owner("acc_1").signed());
        tokens.put("no subject", good.without("sub").signed());
        tokens.put("subject that is a name", good.with("sub", "Jane Doe").signed());
        tokens.put("no JWT", "sk-tkf0000000000000000000000000000000000000000000");
        return tokens;
    }

    /** What a token says. Immutable. */
    public final class Claims {
        private final Map<String, Object> claims;

        private Claims(Map<String, Object> claims) {
            this.claims = claims;
        }

        public Claims with(String name, Object value) {
            Map<String, Object> changed = new LinkedHashMap<>(claims);
            changed.put(name, value);
            return new Claims(changed);
        }

        public Claims without(String name) {
            Map<String, Object> changed = new LinkedHashMap<>(claims);
            changed.remove(name);
            return new Claims(changed);
        }

        /** The token a service takes where the claims are in order. */
        public String signed() {
            Key signer = key;
            return rs256(signer.id(), signer.pair().getPrivate());
        }

        private String unsigned() {
            return part(Map.of("alg", "none")) + "." + part(claims) + ".";
        }

        /** Under the name of the issuer's key. */
        private String signedByStranger() {
            return rs256(key.id(), STRANGERS.pair().getPrivate());
        }

        /** As if what everybody may know were a secret that both sides share. */
        private String signedWithThePublicKey() {
            String text = part(Map.of("alg", "HS256", "kid", key.id())) + "." + part(claims);
            try {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(key.open().getEncoded(), "HmacSHA256"));
                return text + "." + BASE64.encodeToString(mac.doFinal(text.getBytes(UTF_8)));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java runtime has HMAC", e);
            }
        }

        /** Another role's token, with these claims put in. */
        private String changed(String signedFor) {
            String[] parts = with("role", signedFor).signed().split("\\.", -1);
            return parts[0] + "." + part(claims) + "." + parts[2];
        }

        private String rs256(String keyId, PrivateKey signer) {
            String text =
                    part(Map.of("alg", "RS256", "typ", "JWT", "kid", keyId)) + "." + part(claims);
            try {
                Signature signature = Signature.getInstance("SHA256withRSA");
                signature.initSign(signer);
                signature.update(text.getBytes(UTF_8));
                return text + "." + BASE64.encodeToString(signature.sign());
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java runtime signs with RSA", e);
            }
        }

        private static String part(Map<String, ?> json) {
            return BASE64.encodeToString(StrictJson.MAPPER.writeValueAsBytes(json));
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
