package com.tokaify.ledger.query.catalog;

import com.tokaify.ledger.query.web.QueryParameters;
import java.util.List;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The catalog, whole: it is a few dozen entries. */
@RestController
class CatalogController {

    /** A list that is never paged. */
    record Items<T>(List<T> items) {}

    private final CatalogTable catalog;

    CatalogController(CatalogTable catalog) {
        this.catalog = catalog;
    }

    @GetMapping("/v1/groups")
    Items<CatalogTable.Group> groups(@RequestParam MultiValueMap<String, String> parameters) {
        new QueryParameters(parameters).allowOnly();
        return new Items<>(catalog.groups());
    }

    @GetMapping("/v1/models")
    Items<CatalogTable.Model> models(@RequestParam MultiValueMap<String, String> parameters) {
        new QueryParameters(parameters).allowOnly();
        return new Items<>(catalog.models());
    }
}
