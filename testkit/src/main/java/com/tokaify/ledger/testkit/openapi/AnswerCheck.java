package com.tokaify.ledger.testkit.openapi;

import com.tokaify.ledger.events.Position;
import com.tokaify.ledger.events.codec.StrictJson;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.JsonNodeFactory;

/** Compares one answer with what the document says about it. */
final class AnswerCheck {
    /** What an answer must not tell unless the document does. */
    private static final List<String> TOLD_HEADERS =
            List.of("ETag", "Location", "Retry-After", Position.HEADER);

    /** Who says nobody is told to say who he is, before he is told that nothing is there. */
    private static final Set<Integer> OF_NO_OPERATION = Set.of(401, 404, 405);

    private final HttpResponse<String> answer;
    private final List<String> faults = new ArrayList<>();

    private AnswerCheck(HttpResponse<String> answer) {
        this.answer = answer;
    }

    /** What is wrong with an answer of this operation. */
    static List<String> faults(Place operation, HttpResponse<String> answer) {
        AnswerCheck check = new AnswerCheck(answer);
        Place byStatus = operation.in("responses").in(String.valueOf(answer.statusCode()));
        Place byDefault = operation.in("responses").in("default");
        if (byStatus.exists()) {
            check.compare(byStatus);
        } else if (answer.statusCode() >= 400 && byDefault.exists()) {
            check.compare(byDefault);
        } else {
            check.faults.add("the status " + answer.statusCode() + " is not documented");
        }
        return check.faults;
    }

    /** What is wrong with the answer to a request of no operation. */
    static List<String> faultsOfNoOperation(ApiDocument document, HttpResponse<String> answer) {
        AnswerCheck check = new AnswerCheck(answer);
        if (OF_NO_OPERATION.contains(answer.statusCode())) {
            check.compare(document.at("/components/responses/Problem"));
        } else {
            check.faults.add("the operation is not documented");
        }
        return check.faults;
    }

    private void compare(Place documented) {
        compareHeaders(documented.in("headers"));
        Place content = documented.in("content");
        if (!content.exists()) {
            if (!answer.body().isEmpty()) {
                faults.add("a body is not documented");
            }
            return;
        }
        String type = MediaTypes.base(answer.headers().firstValue("Content-Type").orElse(""));
        Place media = content.in(type);
        if (!media.exists()) {
            faults.add("the content type '%s' is not documented".formatted(type));
        } else if (MediaTypes.isJson(type)) {
            compareBody(media.schema());
        }
    }

    private void compareBody(Place schema) {
        try {
            schema.errorsOf(StrictJson.MAPPER.readTree(answer.body()))
                    .forEach(error -> faults.add("the body is not as documented: " + error));
        } catch (JacksonException e) {
            faults.add("the body is no JSON: " + e.getOriginalMessage());
        }
    }

    private void compareHeaders(Place headers) {
        headers.names()
                .forEach(name -> {
                    Place header = headers.in(name);
                    Optional<String> value = answer.headers().firstValue(name);
                    if (value.isPresent()) {
                        header.schema()
                                .errorsOf(JsonNodeFactory.instance.stringNode(value.get()))
                                .forEach(error ->
                                        faults.add(
                                                "the header %s is not as documented: %s"
                                                        .formatted(name, error)));
                    } else if (header.says("required")) {
                        faults.add("the header " + name + " is missing");
                    }
                });
        List<String> documented =
                headers.names().map(name -> name.toLowerCase(Locale.ROOT)).toList();
        for (String name : TOLD_HEADERS) {
            if (answer.headers().firstValue(name).isPresent()
                    && !documented.contains(name.toLowerCase(Locale.ROOT))) {
                faults.add("the header " + name + " is not documented");
            }
        }
    }
}
