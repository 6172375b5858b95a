package com.tokaify.ledger.command.takeover;

import com.tokaify.ledger.command.decision.CommandContext;
import com.tokaify.ledger.command.web.Answers;
import com.tokaify.ledger.command.web.CommandContexts;
import com.tokaify.ledger.events.FieldRules;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.service.access.Access;
import com.tokaify.ledger.service.api.Problems;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Takes over tokens with their keys. Bodies come as bytes, which no log shows: there are secrets in
 * them.
 */
@RestController
final class ImportController {
    private static final String PATH = "/v1/tokens/import";
    private static final String CSV = "text/csv";

    private final Answers answers;
    private final CommandContexts contexts;
    private final TokenImport tokenImport;

    ImportController(Answers answers, CommandContexts contexts, TokenImport tokenImport) {
        this.answers = answers;
        this.contexts = contexts;
        this.tokenImport = tokenImport;
    }

    /**
     * Takes over tokens of one-api or new-api with their keys, from their export as JSON or CSV.
     * Each row stands for itself; one that is here already is not taken over again.
     *
     * @param accountId whose they shall be
     * @param group of all of them; without one each stays in the group it was in
     */
    @Problems("ACCOUNT_NOT_FOUND")
    @PostMapping(
            path = PATH,
            consumes = {MediaType.APPLICATION_JSON_VALUE, CSV})
    ImportResult tokens(
            @RequestParam AccountId accountId,
            @RequestParam(required = false) @Nullable String group,
            @RequestBody byte[] body,
            Access access,
            HttpServletRequest request) {
        List<ExportedToken> tokens =
                isCsv(request) ? TokenExport.csv(body) : TokenExport.json(body);
        if (group != null) {
            FieldRules.group("group", group);
        }
        CommandContext context = contexts.of(access, request);
        answers.claim(request, context);
        return tokenImport.run(tokens, accountId, group, context);
    }

    private static boolean isCsv(HttpServletRequest request) {
        return MediaType.valueOf(CSV).includes(MediaType.parseMediaType(request.getContentType()));
    }
}
