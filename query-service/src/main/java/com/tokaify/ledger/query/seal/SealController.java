package com.tokaify.ledger.query.seal;

import com.tokaify.ledger.events.InvalidField;
import com.tokaify.ledger.events.Position;
import com.tokaify.ledger.events.id.StreamId;
import com.tokaify.ledger.seals.TilePath;
import com.tokaify.ledger.seals.Tiles;
import com.tokaify.ledger.seals.TlogProof;
import com.tokaify.ledger.seals.Tree;
import com.tokaify.ledger.service.api.Problems;
import com.tokaify.ledger.service.problem.ProblemException;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The log of seals for who wants to check history himself, in the formats of c2sp.org: checkpoints,
 * tiles and the key say nothing of anybody and are open to all; entries are events.
 */
@RestController
@RequestMapping("/v1/seals")
class SealController {
    /** What has been said once is so for ever. */
    private static final String FOR_EVER = "public, max-age=31536000, immutable";

    private static final Pattern LEVEL = Pattern.compile("0|[1-9]\\d?");
    private static final Pattern EVENT = Pattern.compile("(.+):(0|[1-9]\\d{0,17})");

    private final SealedLog log;
    private final Entries entries;
    private final PublishedKey key;
    private final JdbcClient views;

    /**
     * @param views as they are there for whoever asks
     */
    SealController(SealedLog log, Entries entries, PublishedKey key, JdbcClient views) {
        this.log = log;
        this.entries = entries;
        this.key = key;
        this.views = views;
    }

    /**
     * Tells what the log is now: a signed checkpoint (c2sp.org/tlog-checkpoint). Keep the last one:
     * any history that does not lead on from it is another one.
     */
    @GetMapping(path = "/checkpoint", produces = MediaType.TEXT_PLAIN_VALUE)
    @Problems("NOTHING_SEALED")
    String checkpoint(HttpServletResponse response) {
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
        return latest().note();
    }

    /** Tells the key that verifies checkpoints, as c2sp.org/signed-note writes it. */
    @GetMapping(path = "/key", produces = MediaType.TEXT_PLAIN_VALUE)
    @Problems("SEAL_KEY_UNKNOWN")
    String key() {
        return key.get()
                .map(verifier -> verifier + "\n")
                .orElseThrow(() -> notFound("SEAL_KEY_UNKNOWN", "verifier key here"));
    }

    /**
     * Sends hashes of the tree (c2sp.org/tlog-tiles): 256 of a whole tile, of a partial one those
     * it names.
     *
     * @param level from 0, the leaves
     * @param tile e.g. {@code x001/x234/067} or {@code 000.p/8}
     */
    @GetMapping(path = "/tile/{level}/{*tile}")
    @Problems("TILE_NOT_FOUND")
    @ApiResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE,
                            schema = @Schema(type = "string", format = "binary")))
    void tile(@PathVariable String level, @PathVariable String tile, HttpServletResponse response)
            throws IOException {
        Optional<byte[]> hashes =
                LEVEL.matcher(level).matches()
                        ? path(tile).flatMap(path -> log.tile(Integer.parseInt(level), path))
                        : Optional.empty();
        send(hashes.orElseThrow(() -> noTile("tile " + level + tile)), response);
    }

    /**
     * Sends entries of the log (c2sp.org/tlog-tiles): each is an event as it is hashed, behind its
     * length in two bytes.
     *
     * @param tile e.g. {@code x001/x234/067} or {@code 000.p/8}
     */
    @GetMapping(path = "/tile/entries/{*tile}")
    @Problems("TILE_NOT_FOUND")
    @ApiResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE,
                            schema = @Schema(type = "string", format = "binary")))
    void entries(@PathVariable String tile, HttpServletResponse response) throws IOException {
        byte[] bundle =
                path(tile)
                        .flatMap(entries::bundle)
                        .orElseThrow(() -> noTile("bundle of entries" + tile));
        send(bundle, response);
    }

    /**
     * Proves that an event is in the log as it is now (c2sp.org/tlog-proof): a text that is checked
     * without any connection.
     *
     * @param eventId e.g. {@code tok_01karc8qkff8drrb9y9xd6pz4d:17}
     */
    @GetMapping(path = "/proofs/{eventId}", produces = MediaType.TEXT_PLAIN_VALUE)
    @Problems({"EVENT_NOT_FOUND", "EVENT_NOT_SEALED"})
    String proof(@PathVariable String eventId, HttpServletResponse response) {
        Position position =
                position(eventId)
                        .orElseThrow(() -> notFound("EVENT_NOT_FOUND", "event " + eventId));
        Optional<SealedLog.Latest> latest = log.latest();
        long leaf = log.leafAt(position).orElse(Long.MAX_VALUE);
        if (latest.isEmpty() || leaf >= latest.get().size()) {
            throw new ProblemException(
                    HttpStatus.NOT_FOUND,
                    "EVENT_NOT_SEALED",
                    "The event " + eventId + " is not sealed yet; ask again in some seconds.");
        }
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        Tree tree = new Tree(latest.get().size(), Tiles.nodes(log.tiles()));
        return new TlogProof(leaf, tree.inclusion(leaf), latest.get().note()).text();
    }

    /** Where the event is, if there is one that the asker may know of. */
    private Optional<Position> position(String eventId) {
        Matcher id = EVENT.matcher(eventId);
        if (!id.matches()) {
            return Optional.empty();
        }
        try {
            StreamId stream = StreamId.parse(id.group(1));
            return views.sql(
                            "SELECT partition, pseq FROM event WHERE stream = :stream AND sequence = :sequence")
                    .param("stream", stream.uuid())
                    .param("sequence", Long.parseLong(id.group(2)))
                    .query((row, _) -> new Position(row.getInt(1), row.getLong(2)))
                    .optional();
        } catch (InvalidField e) {
            return Optional.empty();
        }
    }

    private SealedLog.Latest latest() {
        return log.latest()
                .orElseThrow(() ->
                        new ProblemException(
                                HttpStatus.NOT_FOUND, "NOTHING_SEALED", "Nothing is sealed yet."));
    }

    /** The rest of a path begins with the slash before it. */
    private static Optional<TilePath> path(String rest) {
        return TilePath.parse(rest.substring(1));
    }

    private static void send(byte[] bytes, HttpServletResponse response) throws IOException {
        response.setContentType(MediaType.APPLICATION_OCTET_STREAM_VALUE);
        response.setHeader(HttpHeaders.CACHE_CONTROL, FOR_EVER);
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }

    private static ProblemException noTile(String what) {
        return notFound("TILE_NOT_FOUND", what);
    }

    private static ProblemException notFound(String code, String what) {
        return new ProblemException(HttpStatus.NOT_FOUND, code, "There is no " + what + ".");
    }
}
