package com.tokaify.ledger.service.access;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Which roles may do what: the table of one service, a line for each operation. What it does not
 * name nobody may do. Paths are matched as Spring MVC matches them to controllers, the most special
 * first, so that a line holds for the controller it names and for no other.
 */
public final class AccessRules {
    /** Told to everybody: whether the service is well, and what its API is. */
    private static final List<String> PUBLIC =
            List.of("/actuator/health/**", "/v3/api-docs/**", "/swagger-ui/**", "/swagger-ui.html");

    private final List<Rule> rules;

    private AccessRules(List<Rule> rules) {
        this.rules = rules;
    }

    /**
     * @param roles who may; none where everybody may, without an access token
     */
    private record Rule(HttpMethod method, PathPattern path, Set<Role> roles) {
        private boolean isFor(HttpMethod asked, PathContainer at) {
            return method.equals(asked) && path.matches(at);
        }
    }

    /** An empty table: nobody may do anything but read what is public. */
    public static AccessRules nobodyElse() {
        AccessRules rules = new AccessRules(List.of());
        for (String path : PUBLIC) {
            rules = rules.with(HttpMethod.GET, path, Set.of());
        }
        return rules;
    }

    public AccessRules get(String path, Role... roles) {
        return may(HttpMethod.GET, path, roles);
    }

    /** Reading that is open to anybody, without an access token. */
    public AccessRules everybody(String path) {
        return with(HttpMethod.GET, path, Set.of());
    }

    public AccessRules post(String path, Role... roles) {
        return may(HttpMethod.POST, path, roles);
    }

    public AccessRules put(String path, Role... roles) {
        return may(HttpMethod.PUT, path, roles);
    }

    public AccessRules patch(String path, Role... roles) {
        return may(HttpMethod.PATCH, path, roles);
    }

    public AccessRules delete(String path, Role... roles) {
        return may(HttpMethod.DELETE, path, roles);
    }

    /**
     * This table with one more line.
     *
     * @throws IllegalArgumentException where no role is named, or the operation has a line already
     */
    private AccessRules may(HttpMethod method, String path, Role... roles) {
        if (roles.length == 0) {
            throw new IllegalArgumentException(method + " " + path + " names no role");
        }
        return with(method, path, Collections.unmodifiableSet(EnumSet.copyOf(List.of(roles))));
    }

    private AccessRules with(HttpMethod method, String path, Set<Role> roles) {
        Rule rule = new Rule(method, PathPatternParser.defaultInstance.parse(path), roles);
        if (ofOperation(method, path).isPresent()) {
            throw new IllegalArgumentException(method + " " + path + " has two rules");
        }
        List<Rule> all = new ArrayList<>(rules);
        all.add(rule);
        all.sort(Comparator.comparing(Rule::path));
        return new AccessRules(List.copyOf(all));
    }

    /**
     * Who may send such a request: everybody where no role is named, nobody where it is empty.
     *
     * @param path within the application
     */
    Optional<Set<Role>> rolesFor(HttpMethod method, PathContainer path) {
        HttpMethod asked = method.equals(HttpMethod.HEAD) ? HttpMethod.GET : method;
        for (Rule rule : rules) {
            if (rule.isFor(asked, path)) {
                return Optional.of(rule.roles());
            }
        }
        return Optional.empty();
    }

    /**
     * The roles of an operation as controllers or the API's document name it; empty where it has no
     * line of its own, also where that of another would hold for it.
     *
     * @param path with its variables, e.g. {@code /v1/tokens/{tokenId}}
     */
    public Optional<Set<Role>> ofOperation(HttpMethod method, String path) {
        return rules.stream()
                .filter(rule -> rule.method().equals(method))
                .filter(rule -> written(rule.path().getPatternString()).equals(written(path)))
                .map(Rule::roles)
                .findAny();
    }

    /** OpenAPI has no word for a variable that takes the rest of a path. */
    private static String written(String path) {
        return path.replace("{*", "{");
    }
}
