package com.tokaify.ledger.query.audit;

import com.tokaify.ledger.query.web.QueryParameters;
import com.tokaify.ledger.service.access.Access;
import com.tokaify.ledger.service.api.Problems;
import com.tokaify.ledger.service.api.QueryOf;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Everything that happened, for auditors. */
@RestController
@RequestMapping("/v1/audit")
class AuditController {
    private final AuditTable events;
    private final Exports exports;

    AuditController(AuditTable events, Exports exports) {
        this.events = events;
        this.exports = exports;
    }

    /** Lists events, the newest first if not asked otherwise. */
    @GetMapping("/events")
    @Problems({})
    AuditPage events(
            Access access,
            @RequestParam @QueryOf(AuditParameters.class)
                    MultiValueMap<String, String> parameters) {
        return events.page(AuditQuery.parse(new QueryParameters(parameters)), access.scope());
    }

    /**
     * Sends all events there are when it begins, as one file.
     *
     * <p>As NDJSON each line is an event as the feed lists it, and the last line is {@code
     * {"complete":true,"events":N}}: a file without it is cut short. As CSV (RFC 4180) there is a
     * line of names and then a line for each event; a text that a spreadsheet would take for a
     * formula has an apostrophe before it, and so has one that begins with an apostrophe, so that
     * taking one away gives the text back. An export that fails on the way ends the connection
     * before the end of the answer.
     */
    @GetMapping("/export")
    @Problems("TOO_MANY_EXPORTS")
    @ApiResponse(
            responseCode = "200",
            content = {
                @Content(mediaType = "application/x-ndjson", schema = @Schema(type = "string")),
                @Content(mediaType = "text/csv", schema = @Schema(type = "string"))
            })
    void export(
            Access access,
            @RequestParam @QueryOf(ExportParameters.class) MultiValueMap<String, String> parameters,
            HttpServletResponse response) {
        exports.send(ExportQuery.parse(new QueryParameters(parameters)), access.scope(), response);
    }
}
