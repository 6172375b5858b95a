package com.tokaify.ledger.audit.witness;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.tokaify.ledger.audit.core.Checkpoint;
import com.tokaify.ledger.audit.core.CompactTree;
import com.tokaify.ledger.audit.core.Hash;
import com.tokaify.ledger.audit.core.Note;
import com.tokaify.ledger.audit.tile.TilePath;
import com.tokaify.ledger.audit.tile.Tiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A log on HTTP that shows whatever a test wants it to show. */
final class PublishedSample implements AutoCloseable {
    private final HttpServer server;
    private final SigningKey key;
    private volatile Map<String, byte[]> files = Map.of();

    PublishedSample(SigningKey key) throws IOException {
        this.key = key;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/seals/", this::answer);
        server.start();
    }

    URI address() {
        return URI.create("http://localhost:" + server.getAddress().getPort() + "/v1/seals");
    }

    /** The first leaves of a log, signed by its key. */
    Note show(List<byte[]> leaves, int size) {
        return show(leaves, size, key);
    }

    Note show(List<byte[]> leaves, int size, SigningKey signer) {
        List<byte[]> shown = leaves.subList(0, size);
        String text = new Checkpoint(key.verifier().name(), size, root(shown)).text();
        Note note = new Note(text, List.of(signer.sign(text, 0)));
        Map<String, byte[]> made = new HashMap<>();
        made.put("checkpoint", note.toString().getBytes(UTF_8));
        tiles(made, 0, shown);
        files = made;
        return note;
    }

    void showNothing() {
        files = Map.of();
    }

    private static void tiles(Map<String, byte[]> made, int level, List<byte[]> hashes) {
        List<byte[]> above = new ArrayList<>();
        for (int from = 0; from < hashes.size(); from += Tiles.WIDTH) {
            List<byte[]> tile = hashes.subList(from, Math.min(hashes.size(), from + Tiles.WIDTH));
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            tile.forEach(bytes::writeBytes);
            made.put(TilePath.hashes(level, from / Tiles.WIDTH, tile.size()), bytes.toByteArray());
            if (tile.size() == Tiles.WIDTH) {
                above.add(root(tile));
            }
        }
        if (!above.isEmpty()) {
            tiles(made, level + 1, above);
        }
    }

    private static byte[] root(List<byte[]> leaves) {
        CompactTree tree = new CompactTree();
        leaves.forEach(tree::add);
        return tree.root();
    }

    /** Leaves of some log, as many as asked for, that differ from another kind's from one on. */
    static List<byte[]> leaves(int count, int differentFrom, String kind) {
        List<byte[]> leaves = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String leaf = i < differentFrom ? "leaf " + i : kind + i;
            leaves.add(Hash.leaf(leaf.getBytes(UTF_8)));
        }
        return leaves;
    }

    private void answer(HttpExchange exchange) {
        try (exchange) {
            String path = exchange.getRequestURI().getPath().substring("/v1/seals/".length());
            byte[] file = files.get(path);
            exchange.sendResponseHeaders(file == null ? 404 : 200, file == null ? -1 : file.length);
            if (file != null) {
                exchange.getResponseBody().write(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
