package com.tokaify.ledger.query.catalog;

import com.tokaify.ledger.query.web.QueryParameters;
import com.tokaify.ledger.service.api.Problems;
import java.util.List;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The catalog, whole: it is a few dozen entries. */
@RestController
class CatalogController {

    record Groups(List<CatalogTable.Group> items) {}

    /**
     * @param closed whether tokens may be given only models of the catalog; otherwise any
     */
    record Models(List<CatalogTable.Model> items, boolean closed) {}

    private final CatalogTable catalog;

    CatalogController(CatalogTable catalog) {
        this.catalog = catalog;
    }

    /** Lists the groups a token can be in, retired ones included. */
    @GetMapping("/v1/groups")
    @Problems({})
    Groups groups(@RequestParam MultiValueMap<String, String> parameters) {
        new QueryParameters(parameters).allowOnly();
        return new Groups(catalog.groups());
    }

    /** Lists the models the operator has listed, retired ones included. */
    @GetMapping("/v1/models")
    @Problems({})
    Models models(@RequestParam MultiValueMap<String, String> parameters) {
        new QueryParameters(parameters).allowOnly();
        return new Models(catalog.models(), catalog.closed());
    }
}
