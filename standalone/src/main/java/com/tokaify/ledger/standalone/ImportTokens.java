package com.tokaify.ledger.standalone;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Main class of {@code ./ledger import}: hands a file of another system's tokens to a running
 * ledger, part by part, and prints what became of each row. Where it is cut off, it is run again:
 * who was taken over is found. Exits with 1 where a row was refused, with 2 where nothing was sent.
 */
public final class ImportTokens {
    private static final int FAILED = 1;
    private static final int REFUSED = 2;
    private static final int OK = 200;
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String TOKEN = "LEDGER_ACCESS_TOKEN";
    private static final String LINE = "%5s  %-16s  %-30s  %s";

    private final URI address;
    private final String token;
    private final Terminal terminal;

    private ImportTokens(URI address, String token, Terminal terminal) {
        this.address = address;
        this.token = token;
        this.terminal = terminal;
    }

    public static void main(String[] arguments) throws InterruptedException {
        Terminal terminal = new Terminal(System.out, System.err);
        System.exit(run(List.of(arguments), System.getenv(), terminal));
    }

    static int run(List<String> arguments, Map<String, String> environment, Terminal terminal)
            throws InterruptedException {
        try {
            ImportOptions options = ImportOptions.parse(arguments);
            ExportFile export = ExportFile.read(options.file());
            String host = Addresses.from(environment).hostAndPort(LedgerPort.COMMAND);
            URI address =
                    URI.create(
                            "http://"
                                    + host
                                    + "/v1/tokens/import?accountId="
                                    + encoded(options.account())
                                    + (options.group() == null
                                            ? ""
                                            : "&group=" + encoded(options.group())));
            return new ImportTokens(address, token(environment), terminal).send(export);
        } catch (Refusal e) {
            terminal.error(e.line());
            return REFUSED;
        } catch (IOException e) {
            terminal.error("the import ended early; run it again: " + e.getMessage());
            return FAILED;
        }
    }

    /**
     * What the environment says, else a token of the ledger on this machine; none where there is no
     * such ledger.
     */
    private static String token(Map<String, String> environment)
            throws IOException, InterruptedException {
        String given = environment.get(TOKEN);
        if (given != null && !given.isBlank()) {
            return given;
        }
        LocalTokens local =
                new LocalTokens(
                        URI.create(Addresses.from(environment).url(LedgerPort.CONSOLE)),
                        Credentials.localClientFile(
                                Path.of(System.getProperty("ledger.data", "data"))));
        return local.canAsk() ? local.get("operator", null) : "";
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private int send(ExportFile export) throws IOException, InterruptedException {
        int imported = 0;
        int already = 0;
        int refused = 0;
        int before = 0;
        terminal.line(String.format(Locale.ROOT, LINE, "row", "", "token", "mask, or why not"));
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (ExportFile.Part part : export.parts()) {
                JsonNode answer = send(client, export.contentType(), part);
                for (JsonNode item : answer.path("items")) {
                    print(before + item.path("row").asInt(), item);
                }
                imported += answer.path("imported").asInt();
                already += answer.path("alreadyImported").asInt();
                refused += answer.path("refused").asInt();
                before += part.rows();
            }
        }
        terminal.line(
                imported + " imported, " + already + " already imported, " + refused + " refused");
        return refused == 0 ? 0 : FAILED;
    }

    private JsonNode send(HttpClient client, String contentType, ExportFile.Part part)
            throws IOException, InterruptedException {
        HttpResponse<String> response =
                client.send(
                        HttpRequest.newBuilder(address)
                                .timeout(LIMIT)
                                .header("Content-Type", contentType)
                                .header("Authorization", "Bearer " + token)
                                .POST(HttpRequest.BodyPublishers.ofString(part.body()))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        JsonNode answer;
        try {
            answer = JsonMapper.shared().readTree(response.body());
        } catch (JacksonException e) {
            throw new IOException("the answer " + response.statusCode() + " is no JSON", e);
        }
        if (response.statusCode() != OK) {
            throw new IOException(
                    answer.path("code").asString("") + " " + answer.path("detail").asString(""));
        }
        return answer;
    }

    private void print(int row, JsonNode item) {
        String why =
                item.path("mask").isString()
                        ? item.path("mask").asString()
                        : (item.path("code").asString("")
                                        + " "
                                        + item.path("field").asString("")
                                        + " "
                                        + item.path("rule").asString(""))
                                .replaceAll(" +", " ");
        terminal.line(
                String.format(
                        Locale.ROOT,
                        LINE,
                        row,
                        item.path("outcome").asString(""),
                        item.path("tokenId").asString(""),
                        why));
    }
}
