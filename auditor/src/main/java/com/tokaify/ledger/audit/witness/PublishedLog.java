package com.tokaify.ledger.audit.witness;

import com.tokaify.ledger.audit.core.Hash;
import com.tokaify.ledger.audit.source.SourceFailed;
import com.tokaify.ledger.audit.tile.TilePath;
import com.tokaify.ledger.audit.tile.Tiles;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** A log where it is published, over HTTP. What it says is not believed, only fetched. */
public final class PublishedLog implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(LIMIT).build();
    private final String address;

    /**
     * @param address what {@code checkpoint} and {@code tile/} are below
     */
    public PublishedLog(URI address) {
        String text = address.toString();
        this.address = text.endsWith("/") ? text : text + "/";
    }

    /** The latest checkpoint, as a note. */
    public String checkpoint() {
        return new String(found(fetch("checkpoint")), StandardCharsets.UTF_8);
    }

    /** The tiles of the log when it had so many leaves. */
    public Tiles tiles(long size) {
        Map<String, byte[]> fetched = new HashMap<>();
        return (level, index) ->
                fetched.computeIfAbsent(level + "/" + index, _ -> tile(level, index, size));
    }

    private byte[] tile(int level, long index, long size) {
        long hashes = (size >> (Tiles.HEIGHT * level)) - index * Tiles.WIDTH;
        int width = (int) Math.min(hashes, Tiles.WIDTH);
        HttpResponse<byte[]> answer = fetch(TilePath.hashes(level, index, width));
        if (answer.statusCode() == NOT_FOUND && width < Tiles.WIDTH) {
            // It has become whole in the meantime.
            answer = fetch(TilePath.hashes(level, index, Tiles.WIDTH));
        }
        byte[] tile = found(answer);
        if (tile.length < width * Hash.LENGTH) {
            throw new SourceFailed(answer.uri() + " has " + tile.length + " bytes, too few");
        }
        return Arrays.copyOf(tile, width * Hash.LENGTH);
    }

    private static byte[] found(HttpResponse<byte[]> answer) {
        if (answer.statusCode() != OK) {
            throw new SourceFailed(answer.uri() + " answers " + answer.statusCode());
        }
        return answer.body();
    }

    private HttpResponse<byte[]> fetch(String path) {
        URI uri = URI.create(address + path);
        try {
            return http.send(
                    HttpRequest.newBuilder(uri).timeout(LIMIT).build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new SourceFailed(uri + " cannot be fetched: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SourceFailed("interrupted", e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
