package com.tokaify.ledger.command.token;

import com.tokaify.ledger.command.account.AccountCommand.AdmitToken;
import com.tokaify.ledger.command.catalog.CatalogCommand.AdmitModels;
import com.tokaify.ledger.command.catalog.CatalogCommand.AdmitToGroup;
import com.tokaify.ledger.command.decision.CommandContext;
import com.tokaify.ledger.command.token.SettingsCommand.ChangeSettings;
import com.tokaify.ledger.command.token.SettingsCommand.ReadSettings;
import com.tokaify.ledger.command.token.TokenCommand.CreateToken;
import com.tokaify.ledger.command.web.Answers;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Asks the streams a token's own cannot see, before its command is sent: whether the account may
 * have it, the group takes it, and a closed catalog lists its models. What a token has, it keeps:
 * of a change only what is new is asked for. Thread-safe.
 */
@Component
final class Admissions {
    private final Answers answers;

    Admissions(Answers answers) {
        this.answers = answers;
    }

    /** Ends the request where the token is not admitted. */
    void of(CreateToken command) {
        CommandContext context = command.context().unconditional();
        answers.committed(new AdmitToken(command.accountId(), context));
        answers.committed(new AdmitToGroup(command.settings().group(), context));
        admit(command.settings().namedModels(), context);
    }

    /** Ends the request where what the token shall have from now on is not admitted. */
    void of(ChangeSettings command) {
        SettingsChange change = command.change();
        if (change.group().wanted() || change.models().wanted() || change.modelQuotas().wanted()) {
            CommandContext context = command.context().unconditional();
            TokenSettings now =
                    answers.committed(new ReadSettings(command.tokenId(), context)).answer();
            TokenSettings then = change.of(now);
            if (!then.group().equals(now.group())) {
                answers.committed(new AdmitToGroup(then.group(), context));
            }
            Set<String> models = then.namedModels();
            models.removeAll(now.namedModels());
            admit(models, context);
        }
    }

    private void admit(Set<String> models, CommandContext context) {
        if (!models.isEmpty()) {
            answers.committed(new AdmitModels(List.copyOf(models), context));
        }
    }
}
