package com.tokaify.ledger.command.takeover;

import com.tokaify.ledger.command.decision.CommandContext;
import com.tokaify.ledger.command.web.Answers;
import com.tokaify.ledger.command.web.CommandContexts;
import com.tokaify.ledger.events.FieldRules;
import com.tokaify.ledger.events.id.AccountId;
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

    private final Answers answers;
    private final CommandContexts contexts;
    private final TokenImport tokenImport;

    ImportController(Answers answers, CommandContexts contexts, TokenImport tokenImport) {
        this.answers = answers;
        this.contexts = contexts;
        this.tokenImport = tokenImport;
    }

    @PostMapping(path = PATH, consumes = MediaType.APPLICATION_JSON_VALUE)
    ImportResult json(
            @RequestParam AccountId accountId,
            @RequestParam(required = false) @Nullable String group,
            @RequestBody byte[] body,
            HttpServletRequest request) {
        return run(TokenExport.json(body), accountId, group, request);
    }

    @PostMapping(path = PATH, consumes = "text/csv")
    ImportResult csv(
            @RequestParam AccountId accountId,
            @RequestParam(required = false) @Nullable String group,
            @RequestBody byte[] body,
            HttpServletRequest request) {
        return run(TokenExport.csv(body), accountId, group, request);
    }

    private ImportResult run(
            List<ExportedToken> tokens,
            AccountId accountId,
            @Nullable String group,
            HttpServletRequest request) {
        if (group != null) {
            FieldRules.group("group", group);
        }
        CommandContext context = contexts.of(request);
        answers.claim(request, context.actor());
        return tokenImport.run(tokens, accountId, group, context);
    }
}
