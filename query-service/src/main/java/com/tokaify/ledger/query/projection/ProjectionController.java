package com.tokaify.ledger.query.projection;

import com.tokaify.ledger.query.web.QueryParameters;
import com.tokaify.ledger.service.api.Problems;
import com.tokaify.ledger.service.problem.ProblemException;
import org.springframework.http.HttpStatus;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** How the views follow the stream, and their being built anew. For operators. */
@RestController
@RequestMapping("/v1/projections")
class ProjectionController {
    /** Means all of them; no projection is called so. */
    static final String ALL = "all";

    private final ProjectionReport report;
    private final Rebuild rebuild;

    ProjectionController(ProjectionReport report, Rebuild rebuild) {
        this.report = report;
        this.rebuild = rebuild;
    }

    /** Shows how far each projection has come, and a rebuild that is under way. */
    @GetMapping
    @Problems({})
    ProjectionOverview show(@RequestParam MultiValueMap<String, String> parameters) {
        new QueryParameters(parameters).allowOnly();
        return report.overview();
    }

    /**
     * Builds a projection anew from the beginning of the stream, beside the live one, and swaps
     * them once both are equally far. Projections that answer together are rebuilt together: these
     * are all there are, whichever is named, or `all`.
     */
    @PostMapping("/{name}/rebuild")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Problems({"PROJECTION_NOT_FOUND", "REBUILD_RUNNING"})
    RebuildStatus rebuild(
            @PathVariable String name, @RequestParam MultiValueMap<String, String> parameters) {
        new QueryParameters(parameters).allowOnly();
        if (!name.equals(ALL) && !report.knows(name)) {
            throw new ProblemException(
                    HttpStatus.NOT_FOUND,
                    "PROJECTION_NOT_FOUND",
                    "There is no projection of this name.");
        }
        return rebuild.begin()
                .orElseThrow(() ->
                        new ProblemException(
                                HttpStatus.CONFLICT,
                                "REBUILD_RUNNING",
                                "The views are being rebuilt already, here or by another"
                                        + " instance."));
    }
}
