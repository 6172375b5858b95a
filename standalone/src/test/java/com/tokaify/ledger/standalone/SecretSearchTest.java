package com.tokaify.ledger.standalone;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A search that finds nothing where there is something would prove anything. */
class SecretSearchTest {
    private static final String SECRET = "tkfIxnVrrZy5SqWe8Pz0LmNbVcXa1Qs2Wd3Ef4Rg5Th6VrTxt";
    private static final SecretSearch SEARCH = new SecretSearch(Map.of("it", SECRET));

    private static byte[] among(byte[] something) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(new byte[1_000]);
        bytes.write(something);
        bytes.write("tkfIxnVr tail".getBytes(US_ASCII));
        return bytes.toByteArray();
    }

    private static void assertFound(byte[] something) throws Exception {
        assertThat(SEARCH.in(among(something))).isNotEmpty();
    }

    /** Whatever a program has made of it, and whatever stands around it, it is found. */
    @Test
    void findsEveryForm() throws Exception {
        byte[] secret = SECRET.getBytes(US_ASCII);
        assertFound(secret);
        assertFound(("sk-" + SECRET).getBytes(US_ASCII));
        assertFound(SECRET.getBytes(StandardCharsets.UTF_16LE));
        assertFound(SECRET.getBytes(StandardCharsets.UTF_16BE));
        assertFound(HexFormat.of().formatHex(secret).getBytes(US_ASCII));
        assertFound(HexFormat.of().withUpperCase().formatHex(secret).getBytes(US_ASCII));
        assertFound(
                HexFormat.of()
                        .withPrefix("%")
                        .withUpperCase()
                        .formatHex(secret)
                        .getBytes(US_ASCII));
        assertFound(URLEncoder.encode("sk-" + SECRET, StandardCharsets.UTF_8).getBytes(US_ASCII));
        for (String before : List.of("", "a", "ab", "sk-", "\"sk-", "{\"key\":\"sk-")) {
            byte[] text = (before + SECRET + "\"}").getBytes(US_ASCII);
            assertFound(Base64.getEncoder().encode(text));
            assertFound(Base64.getUrlEncoder().withoutPadding().encode(text));
        }
    }

    /** A part that is long enough to be a leak is found, at the end of the bytes too. */
    @Test
    void findsACutSecret() {
        assertThat(SEARCH.in("x" + SECRET.substring(0, 32))).containsExactly("it in clear");
        assertThat(SEARCH.in(SECRET.substring(8))).containsExactly("it in clear");
    }

    /** What lists show of it is no find, nor is its beginning. */
    @Test
    void passesOverWhatIsNoSecret() throws Exception {
        assertThat(SEARCH.in(among("sk-tkfI**********VrTx".getBytes(US_ASCII)))).isEmpty();
        assertThat(SEARCH.in(SECRET.substring(0, 20))).isEmpty();
        assertThat(SEARCH.in("")).isEmpty();
    }

    /** Every file is looked into, however deep, and named. */
    @Test
    void looksIntoEveryFile(@TempDir Path folder) throws Exception {
        Files.writeString(Files.createDirectories(folder.resolve("a")).resolve("none"), "nothing");
        Path deep = Files.createDirectories(folder.resolve("a/b")).resolve("deep");
        Files.writeString(deep, "x" + SECRET);
        assertThat(SEARCH.inFilesOf(folder)).containsExactly("it in clear: " + deep);
    }
}
