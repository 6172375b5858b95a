package com.tokaify.ledger.query.name;

import com.tokaify.ledger.query.web.QueryParameters;
import com.tokaify.ledger.service.access.Access;
import com.tokaify.ledger.service.api.Problems;
import com.tokaify.ledger.service.api.QueryOf;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What ids are called: a feed of events names tokens and accounts by their ids alone. */
@RestController
class NameController {

    record Names(List<Named> items) {}

    private final NameTable names;

    NameController(JdbcClient views) {
        this.names = new NameTable(views);
    }

    /**
     * Tells what tokens and accounts are called now, deleted tokens too, in the order of their ids.
     * What is not known, or out of the caller's reach, is left out.
     */
    @GetMapping("/v1/names")
    @Problems({})
    Names names(
            Access access,
            @RequestParam @QueryOf(NameParameters.class) MultiValueMap<String, String> parameters) {
        return new Names(
                names.find(NameQuery.parse(new QueryParameters(parameters)), access.scope()));
    }
}
