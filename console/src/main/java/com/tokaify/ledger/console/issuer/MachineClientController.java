package com.tokaify.ledger.console.issuer;

import com.tokaify.ledger.console.Grant;
import com.tokaify.ledger.console.RandomText;
import com.tokaify.ledger.console.Role;
import com.tokaify.ledger.console.oidc.WithEmbeddedIssuer;
import com.tokaify.ledger.events.InvalidField;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.service.problem.ProblemException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Operators make and delete machine clients. */
@RestController
@WithEmbeddedIssuer
@RequestMapping("/api/clients")
class MachineClientController {
    private final MachineClientTable clients;
    private final InstantSource clock;

    MachineClientController(MachineClientTable clients, InstantSource clock) {
        this.clients = clients;
        this.clock = clock;
    }

    /**
     * @param clientId a name that says which program it is, e.g. {@code edge-1}: it stands in every
     *     event the program causes
     */
    record NewClient(String clientId, Role role, @Nullable AccountId accountId) {
        private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9.-]{1,39}");

        NewClient {
            if (!ID.matcher(clientId).matches() || Clients.OWN.contains(clientId)) {
                throw new InvalidField(
                        "clientId",
                        "must have 2 to 40 small letters, digits, dots or hyphens, and not be one"
                                + " of the console's own");
            }
        }

        /** Checked by the grant itself. */
        Grant grant() {
            return new Grant(role, accountId);
        }
    }

    /**
     * @param secret shown here and never again
     */
    record Created(String clientId, String secret) {
        @Override
        public String toString() {
            return clientId + " [hidden]";
        }
    }

    record Item(String clientId, Role role, @Nullable String accountId, Instant createdAt) {}

    record Items(List<Item> items) {}

    @GetMapping
    Items all() {
        return new Items(
                clients.all().stream()
                        .map(client ->
                                new Item(
                                        client.clientId(),
                                        client.grant().role(),
                                        client.grant().accountText(),
                                        client.createdAt()))
                        .toList());
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Created create(@RequestBody NewClient wanted) {
        String secret = RandomText.next();
        MachineClient client =
                new MachineClient(
                        wanted.clientId(),
                        SecretDigest.of(secret),
                        wanted.grant(),
                        clock.instant());
        if (!clients.add(client)) {
            throw new ProblemException(
                    HttpStatus.CONFLICT,
                    "CLIENT_EXISTS",
                    "There is, or was, a client " + wanted.clientId() + "; choose another name.");
        }
        return new Created(wanted.clientId(), secret);
    }

    @DeleteMapping("/{clientId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String clientId) {
        if (!clients.delete(clientId, clock.instant())) {
            throw new ProblemException(
                    HttpStatus.NOT_FOUND, "CLIENT_NOT_FOUND", "There is no such client.");
        }
    }
}
