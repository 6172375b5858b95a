package com.tokaify.ledger.command.takeover;

import com.tokaify.ledger.command.account.AccountCommand.AdmitToken;
import com.tokaify.ledger.command.bus.CommandResult;
import com.tokaify.ledger.command.bus.CommandResult.Committed;
import com.tokaify.ledger.command.bus.CommandResult.Refused;
import com.tokaify.ledger.command.bus.Ledger;
import com.tokaify.ledger.command.catalog.CatalogCommand.AdmitModels;
import com.tokaify.ledger.command.catalog.CatalogCommand.AdmitToGroup;
import com.tokaify.ledger.command.decision.CommandContext;
import com.tokaify.ledger.command.decision.Decision;
import com.tokaify.ledger.command.decision.OnceKey;
import com.tokaify.ledger.command.decision.Refusal;
import com.tokaify.ledger.command.store.EventTable;
import com.tokaify.ledger.command.store.Recorded;
import com.tokaify.ledger.command.store.SideWrite;
import com.tokaify.ledger.command.takeover.ImportResult.Outcome;
import com.tokaify.ledger.command.token.SecretMint;
import com.tokaify.ledger.command.token.TokenCommand.CreateToken;
import com.tokaify.ledger.command.token.TokenCommand.Done;
import com.tokaify.ledger.command.token.TokenCommand.Provenance;
import com.tokaify.ledger.command.token.TokenSettings;
import com.tokaify.ledger.command.vault.Safe;
import com.tokaify.ledger.command.vault.SecretVault;
import com.tokaify.ledger.command.web.Answers;
import com.tokaify.ledger.command.web.Ids;
import com.tokaify.ledger.events.InvalidField;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.secret.LookupHash;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Creates tokens with the secrets they had in another system. Repeating an import is safe: no two
 * tokens ever have one secret, so who was taken over is found, not made again. Thread-safe.
 */
@Component
final class TokenImport {
    private static final String DEFAULT_GROUP = "default";

    private final Answers answers;
    private final Ledger ledger;
    private final Ids ids;
    private final SecretMint mint;
    private final SecretVault vault;
    private final EventTable events;

    TokenImport(
            Answers answers,
            Ledger ledger,
            Ids ids,
            SecretMint mint,
            SecretVault vault,
            JdbcClient jdbc) {
        this.answers = answers;
        this.ledger = ledger;
        this.ids = ids;
        this.mint = mint;
        this.vault = vault;
        this.events = new EventTable(jdbc);
    }

    /** A row on its way: what it asks for, or why it cannot. */
    private sealed interface Row {
        /**
         * @param keep its secret into the vault; none where only the hash is known
         */
        record Wanted(CreateToken command, List<SideWrite> keep) implements Row {}

        record Unwanted(String code, @Nullable String field, String rule) implements Row {
            static Unwanted because(Refused<?> refused) {
                return new Unwanted(refused.refusal().name(), null, refused.detail());
            }
        }
    }

    /**
     * Every row is checked before any is sent; each is then taken over, found or refused on its
     * own.
     *
     * @param group of all tokens; null leaves each in the group it was in
     */
    ImportResult run(
            List<ExportedToken> tokens,
            AccountId account,
            @Nullable String group,
            CommandContext context) {
        answers.committed(new AdmitToken(account, context));
        Safe safe = vault.safeOf(account);
        Admitted admitted = new Admitted(context);
        List<Row> rows = new ArrayList<>(tokens.size());
        for (ExportedToken token : tokens) {
            rows.add(row(token, account, group, safe, admitted, context));
        }
        List<@Nullable CompletableFuture<CommandResult<Done>>> sent = new ArrayList<>(rows.size());
        for (Row row : rows) {
            sent.add(
                    row instanceof Row.Wanted wanted
                            ? ledger.send(
                                    wanted.command(),
                                    outcome ->
                                            outcome.decision() instanceof Decision.Accepted<Done>
                                                    ? wanted.keep()
                                                    : List.of())
                            : null);
        }
        List<ImportResult.Item> items = new ArrayList<>(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            items.add(item(i + 1, rows.get(i), sent.get(i)));
        }
        return ImportResult.of(items);
    }

    private Row row(
            ExportedToken token,
            AccountId account,
            @Nullable String group,
            Safe safe,
            Admitted admitted,
            CommandContext context) {
        try {
            ExportedSecret secret = token.secret();
            String own = group == null ? token.group() : group;
            TokenSettings settings =
                    new TokenSettings(
                            token.name(),
                            own == null ? DEFAULT_GROUP : own,
                            token.quotaLimit(),
                            token.models(),
                            token.ipAllowlist(),
                            token.expiresAt(context.at()),
                            null,
                            null,
                            null);
            CreateToken command =
                    new CreateToken(
                            ids.newTokenId(),
                            account,
                            settings,
                            hash(secret),
                            secret.mask(),
                            new Provenance(
                                    token.source(),
                                    token.sourceId(),
                                    token.usedBefore(),
                                    token.disabled()),
                            context);
            return admitted.why(settings)
                    .<Row>map(Row.Unwanted::because)
                    .orElseGet(() -> new Row.Wanted(command, keep(safe, command, secret)));
        } catch (InvalidField e) {
            return new Row.Unwanted("INVALID_REQUEST", e.field(), e.rule());
        }
    }

    private LookupHash hash(ExportedSecret secret) {
        return switch (secret) {
            case ExportedSecret.Known known -> mint.hash(known.secret());
            case ExportedSecret.Hashed hashed -> mint.hash(hashed.digest());
        };
    }

    private static List<SideWrite> keep(Safe safe, CreateToken command, ExportedSecret secret) {
        return switch (secret) {
            case ExportedSecret.Known known ->
                    List.of(safe.put(command.tokenId(), Safe.FIRST_VERSION, known.secret()));
            case ExportedSecret.Hashed _ -> List.of();
        };
    }

    private ImportResult.Item item(
            int number, Row row, @Nullable CompletableFuture<CommandResult<Done>> sent) {
        return switch (row) {
            case Row.Unwanted(String code, String field, String rule) ->
                    ImportResult.Item.refused(number, code, field, rule);
            case Row.Wanted wanted ->
                    switch (Answers.await(Objects.requireNonNull(sent))) {
                        case Committed<Done> committed ->
                                ImportResult.Item.of(
                                        number,
                                        Outcome.IMPORTED,
                                        committed.answer().tokenId(),
                                        wanted.command().mask());
                        case Refused<Done> refused ->
                                holder(wanted.command(), refused)
                                        .map(holder ->
                                                ImportResult.Item.of(
                                                        number,
                                                        Outcome.ALREADY_IMPORTED,
                                                        holder,
                                                        wanted.command().mask()))
                                        .orElseGet(() ->
                                                ImportResult.Item.refused(
                                                        number,
                                                        refused.refusal().name(),
                                                        null,
                                                        refused.detail()));
                    };
        };
    }

    /** Who has the secret already, where that is why a row was refused. */
    private Optional<TokenId> holder(CreateToken command, Refused<Done> refused) {
        if (refused.refusal() != Refusal.SECRET_IN_USE) {
            return Optional.empty();
        }
        OnceKey key = OnceKey.ofSecret(command.lookupHash());
        return Optional.ofNullable(events.recorded(List.of(key)).get(key))
                .map(Recorded::fact)
                .map(fact -> (TokenId) fact.stream());
    }

    /** What the catalog says to groups and models, asked once for each. For one request. */
    private final class Admitted {
        private final CommandContext context;
        private final Map<Object, Optional<Refused<?>>> said = new HashMap<>();

        private Admitted(CommandContext context) {
            this.context = context;
        }

        /** Why a token with such settings is not admitted; empty where it is. */
        private Optional<Refused<?>> why(TokenSettings settings) {
            Optional<Refused<?>> group =
                    said.computeIfAbsent(
                            settings.group(),
                            _ -> refusal(ledger.send(new AdmitToGroup(settings.group(), context))));
            List<String> models = settings.models();
            return group.isPresent() || models == null
                    ? group
                    : said.computeIfAbsent(
                            models, _ -> refusal(ledger.send(new AdmitModels(models, context))));
        }

        private <A> Optional<Refused<?>> refusal(CompletableFuture<CommandResult<A>> asked) {
            return Answers.await(asked) instanceof Refused<A> refused
                    ? Optional.of(refused)
                    : Optional.empty();
        }
    }
}
