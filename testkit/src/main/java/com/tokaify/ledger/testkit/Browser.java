package com.tokaify.ledger.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a browser does: keeps cookies, follows redirects, sends forms as pages have them. */
public final class Browser implements AutoCloseable {
    private static final Pattern HIDDEN =
            Pattern.compile("<input [^>]*name=\"_csrf\"[^>]*value=\"([^\"]+)\"");
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final URI address;
    private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .cookieHandler(cookies)
                    .followRedirects(HttpClient.Redirect.NORMAL)
                    .build();

    public Browser(URI address) {
        this.address = address;
    }

    public record Answer(HttpResponse<String> response) {
        public int status() {
            return response.statusCode();
        }

        public String body() {
            return response.body();
        }

        public JsonNode json() {
            return JsonMapper.shared().readTree(response.body());
        }

        public String code() {
            return json().path("code").asString("");
        }

        public Optional<String> header(String name) {
            return response.headers().firstValue(name);
        }

        /** The values of a cookie that this answer and those before it gave, the first first. */
        public List<String> given(String cookie) {
            String start = cookie + "=";
            List<String> values = new ArrayList<>();
            for (HttpResponse<String> step = response;
                    step != null;
                    step = step.previousResponse().orElse(null)) {
                step.headers().allValues("Set-Cookie").reversed().stream()
                        .filter(header -> header.startsWith(start))
                        .map(header -> header.substring(start.length()).split(";", 2)[0])
                        .forEach(values::addFirst);
            }
            return values;
        }

        /** Where redirects have led to. */
        public String path() {
            return response.uri().getPath();
        }
    }

    public Answer get(String path, String... headers) {
        return send(request(path, headers));
    }

    /** As the page sends it. */
    public Answer post(String path, String json, String... headers) {
        return send(
                request(path, headers)
                        .header("X-XSRF-TOKEN", cookie("XSRF-TOKEN").orElse(""))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json)));
    }

    public Answer delete(String path) {
        return send(request(path).header("X-XSRF-TOKEN", cookie("XSRF-TOKEN").orElse("")).DELETE());
    }

    /** Without what the page would send against forgery. */
    public Answer forge(String path, String contentType, String body) {
        return send(
                request(path)
                        .header("Content-Type", contentType)
                        .POST(BodyPublishers.ofString(body)));
    }

    /** Opens a page and sends its form. */
    public Answer fill(String path, Map<String, String> fields) {
        Matcher hidden = HIDDEN.matcher(get(path).body());
        if (!hidden.find()) {
            throw new AssertionError("no form at " + path);
        }
        String form =
                fields.entrySet().stream()
                        .map(field ->
                                URLEncoder.encode(field.getKey(), UTF_8)
                                        + "="
                                        + URLEncoder.encode(field.getValue(), UTF_8))
                        .collect(Collectors.joining("&"));
        return forge(
                path.replaceAll("\\?.*", ""),
                "application/x-www-form-urlencoded",
                form + "&_csrf=" + URLEncoder.encode(hidden.group(1), UTF_8));
    }

    public Answer signIn(String name, String password) {
        return fill("/sign-in", Map.of("name", name, "password", password));
    }

    /** An answer while it is still coming. */
    public HttpResponse<InputStream> open(String path) throws IOException, InterruptedException {
        return http.send(request(path).build(), BodyHandlers.ofInputStream());
    }

    public Optional<String> cookie(String name) {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals(name))
                .map(HttpCookie::getValue)
                .findFirst();
    }

    /** Takes a cookie that somebody else has had. */
    public void takeCookie(String name, String value) {
        HttpCookie cookie = new HttpCookie(name, value);
        cookie.setDomain(address.getHost());
        cookie.setPath("/");
        cookie.setVersion(0);
        cookies.getCookieStore().add(address, cookie);
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address.resolve(path)).timeout(TIMEOUT);
        if (!path.startsWith("/api/")) {
            request.header("Accept", "text/html,*/*;q=0.8");
        }
        return headers.length == 0 ? request : request.headers(headers);
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            return new Answer(http.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
