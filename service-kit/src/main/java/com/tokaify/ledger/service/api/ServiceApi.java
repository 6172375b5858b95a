package com.tokaify.ledger.service.api;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.springframework.web.method.HandlerMethod;

/**
 * What a service says about its API beyond what its controllers show. A bean of each service.
 *
 * @param title names the API
 * @param description a paragraph of Markdown
 * @param always what may go wrong with any request of this service
 * @param ofKind what more may go wrong with all requests of a kind, which the handler shows
 * @param refusals what goes wrong with some; {@link Problems} says with which
 * @param patchFields types that tell a field that is absent from one that is null, as merge patches
 *     have it; their one type argument is what the field holds
 */
public record ServiceApi(
        String title,
        String description,
        List<ProblemCode> always,
        Function<HandlerMethod, List<ProblemCode>> ofKind,
        List<ProblemCode> refusals,
        Set<Class<?>> patchFields) {

    /** For a service whose requests are all of one kind. */
    public ServiceApi(
            String title,
            String description,
            List<ProblemCode> always,
            List<ProblemCode> refusals,
            Set<Class<?>> patchFields) {
        this(title, description, always, _ -> List.of(), refusals, patchFields);
    }

    /**
     * The refusal of this code.
     *
     * @throws IllegalArgumentException where the service has none, so that a misspelt code in an
     *     annotation is noticed
     */
    ProblemCode refusal(String code) {
        return refusals.stream()
                .filter(refusal -> refusal.code().equals(code))
                .findAny()
                .orElseThrow(() ->
                        new IllegalArgumentException("nothing is refused with the code " + code));
    }
}
