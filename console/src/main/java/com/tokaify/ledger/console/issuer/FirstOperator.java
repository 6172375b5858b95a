package com.tokaify.ledger.console.issuer;

import com.tokaify.ledger.console.Grant;
import com.tokaify.ledger.console.Role;
import com.tokaify.ledger.console.oidc.WithEmbeddedIssuer;
import com.tokaify.ledger.console.user.UserName;
import com.tokaify.ledger.console.user.UserTable;
import com.tokaify.ledger.console.user.Users;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

/**
 * Lets the first person in, where there are no users: {@code operator}, with the password of a file
 * that whoever starts the console has made. There is no password that everybody knows.
 */
@Component
@WithEmbeddedIssuer
class FirstOperator implements ApplicationRunner {
    private static final Logger LOG = LoggerFactory.getLogger(FirstOperator.class);
    private static final UserName NAME = new UserName("operator");

    private final IssuerSettings settings;
    private final UserTable table;
    private final Users users;

    FirstOperator(IssuerSettings settings, UserTable table, Users users) {
        this.settings = settings;
        this.table = table;
        this.users = users;
    }

    @Override
    public void run(ApplicationArguments arguments) throws IOException {
        if (!table.isEmpty()) {
            return;
        }
        Path file = settings.firstOperatorPasswordFile();
        if (file == null) {
            LOG.warn(
                    "there are no users and nobody can sign in; put a password into a file of mode"
                            + " 0600, name it in LEDGER_FIRST_OPERATOR_PASSWORD_FILE and start again");
            return;
        }
        String password = Files.readString(file).strip();
        if (users.addFirst(NAME, password, new Grant(Role.OPERATOR, null))) {
            LOG.info("the user {} was made, its password is in {}", NAME, file);
        }
    }
}
