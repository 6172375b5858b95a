package com.tokaify.ledger.console.user;

import com.tokaify.ledger.console.oidc.WithEmbeddedIssuer;
import com.tokaify.ledger.events.InvalidField;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/**
 * Where a link of an operator's leads: to choosing a name and a password. Opening it changes
 * nothing, since programs that preview links open them too.
 */
@Controller
@WithEmbeddedIssuer
@RequestMapping("/invitation/{code}")
class InvitationController {
    private final Users users;

    InvitationController(Users users) {
        this.users = users;
    }

    @GetMapping
    ModelAndView open(@PathVariable String code) {
        return users.invited(code)
                .map(user -> form(code, user, HttpStatus.OK, user.name(), null))
                .orElseGet(InvitationController::gone);
    }

    @PostMapping
    ModelAndView accept(
            @PathVariable String code,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String password) {
        Optional<User> invited = users.invited(code);
        if (invited.isEmpty()) {
            return gone();
        }
        try {
            UserName chosen = new UserName(name);
            return users.accept(code, chosen, Password.chosen("password", password, chosen))
                    .map(_ -> new ModelAndView("redirect:/sign-in?welcome"))
                    .orElseGet(InvitationController::gone);
        } catch (InvalidField e) {
            return form(code, invited.get(), HttpStatus.BAD_REQUEST, name, problem(e));
        }
    }

    /** Which of the page's texts says it. */
    private static String problem(InvalidField e) {
        return switch (e.field()) {
            case "name" -> e.getCause() == null ? "problem.name" : "problem.name-taken";
            case "password" ->
                    e.rule().startsWith("must have")
                            ? "problem.password-length"
                            : "problem.password-name";
            default -> throw e;
        };
    }

    private static ModelAndView form(
            String code,
            User user,
            HttpStatus status,
            @Nullable String name,
            @Nullable String problem) {
        ModelAndView page = new ModelAndView("invitation", status);
        page.addObject("code", code);
        page.addObject("known", user.hasPassword());
        page.addObject("name", Objects.requireNonNullElse(name, ""));
        page.addObject("problem", problem);
        return page;
    }

    private static ModelAndView gone() {
        return new ModelAndView("gone", HttpStatus.NOT_FOUND);
    }
}
