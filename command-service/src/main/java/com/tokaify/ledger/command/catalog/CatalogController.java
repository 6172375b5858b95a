package com.tokaify.ledger.command.catalog;

import com.tokaify.ledger.command.bus.CommandResult.Committed;
import com.tokaify.ledger.command.catalog.CatalogCommand.CloseCatalog;
import com.tokaify.ledger.command.catalog.CatalogCommand.DefineGroup;
import com.tokaify.ledger.command.catalog.CatalogCommand.Group;
import com.tokaify.ledger.command.catalog.CatalogCommand.ListModel;
import com.tokaify.ledger.command.catalog.CatalogCommand.Model;
import com.tokaify.ledger.command.catalog.CatalogCommand.OpenCatalog;
import com.tokaify.ledger.command.catalog.CatalogCommand.Openness;
import com.tokaify.ledger.command.catalog.CatalogCommand.RetireGroup;
import com.tokaify.ledger.command.catalog.CatalogCommand.RetireModel;
import com.tokaify.ledger.command.decision.CommandContext;
import com.tokaify.ledger.command.web.Answers;
import com.tokaify.ledger.command.web.CommandContexts;
import com.tokaify.ledger.events.FieldRules;
import com.tokaify.ledger.service.access.Access;
import com.tokaify.ledger.service.api.Problems;
import com.tokaify.ledger.service.api.Required;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * The operator's catalog over HTTP. The name of a model is the rest of the path, slashes and all,
 * written as they are or as {@code %2F}.
 */
@RestController
final class CatalogController {
    private final Answers answers;
    private final CommandContexts contexts;

    CatalogController(Answers answers, CommandContexts contexts) {
        this.answers = answers;
        this.contexts = contexts;
    }

    record GroupRequest(@Required @Nullable String displayName) {}

    record DefinedGroup(String name, String displayName) {}

    record RetiredGroup(String name, boolean retired) {}

    record CatalogModel(String model, boolean listed) {}

    /**
     * @param closed whether tokens may name only listed models
     */
    record CatalogRequest(@Required @Nullable Boolean closed) {}

    /** Adds a group, brings it back, or gives it another display name. */
    @PutMapping("/v1/groups/{name}")
    @Problems("CHANGED_MEANWHILE")
    ResponseEntity<DefinedGroup> defineGroup(
            @PathVariable String name,
            @RequestBody GroupRequest body,
            Access access,
            HttpServletRequest request) {
        String displayName = FieldRules.name("displayName", body.displayName());
        Committed<Group> committed =
                answers.committed(
                        request,
                        new DefineGroup(name, displayName, contexts.conditional(access, request)),
                        Group.class);
        return Answers.answer(HttpStatus.OK, committed, new DefinedGroup(name, displayName));
    }

    /** Retires a group: it takes no further token. Those in it stay. */
    @DeleteMapping("/v1/groups/{name}")
    @Problems({"GROUP_NOT_FOUND", "CHANGED_MEANWHILE"})
    ResponseEntity<RetiredGroup> retireGroup(
            @PathVariable String name, Access access, HttpServletRequest request) {
        Committed<Group> committed =
                answers.committed(
                        request,
                        new RetireGroup(name, contexts.conditional(access, request)),
                        Group.class);
        return Answers.answer(HttpStatus.OK, committed, new RetiredGroup(name, true));
    }

    /**
     * Lists a model.
     *
     * @param model its name, slashes included, as they are or as {@code %2F}
     */
    @PutMapping("/v1/models/{*model}")
    @Problems("CHANGED_MEANWHILE")
    ResponseEntity<CatalogModel> listModel(
            @PathVariable String model, Access access, HttpServletRequest request) {
        Committed<Model> committed =
                answers.committed(
                        request,
                        new ListModel(nameIn(model), contexts.conditional(access, request)),
                        Model.class);
        return Answers.answer(
                HttpStatus.OK, committed, new CatalogModel(committed.answer().model(), true));
    }

    /**
     * Takes a model off the list. Tokens that name it keep it.
     *
     * @param model its name, slashes included, as they are or as {@code %2F}
     */
    @DeleteMapping("/v1/models/{*model}")
    @Problems({"MODEL_NOT_LISTED", "CHANGED_MEANWHILE"})
    ResponseEntity<CatalogModel> retireModel(
            @PathVariable String model, Access access, HttpServletRequest request) {
        Committed<Model> committed =
                answers.committed(
                        request,
                        new RetireModel(nameIn(model), contexts.conditional(access, request)),
                        Model.class);
        return Answers.answer(
                HttpStatus.OK, committed, new CatalogModel(committed.answer().model(), false));
    }

    /** The rest of a path begins with the slash before it. */
    private static String nameIn(String path) {
        return path.substring(1);
    }

    /** Says whether tokens may name only listed models. */
    @PutMapping("/v1/catalog")
    @Problems("CHANGED_MEANWHILE")
    ResponseEntity<Openness> close(
            @RequestBody CatalogRequest body, Access access, HttpServletRequest request) {
        boolean closed = FieldRules.required("closed", body.closed());
        CommandContext context = contexts.conditional(access, request);
        Committed<Openness> committed =
                answers.committed(
                        request,
                        closed ? new CloseCatalog(context) : new OpenCatalog(context),
                        Openness.class);
        return Answers.answer(HttpStatus.OK, committed, committed.answer());
    }
}
