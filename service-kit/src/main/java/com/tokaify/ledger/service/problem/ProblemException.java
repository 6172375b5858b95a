package com.tokaify.ledger.service.problem;

import org.springframework.http.HttpStatus;

/** Ends a request with a {@link Problem}. For the edge only; the domain answers with values. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public ProblemException(Problem problem) {
        super(problem.code() + ": " + problem.detail());
        this.problem = problem;
    }

    public ProblemException(HttpStatus status, String code, String detail) {
        this(Problem.of(status, code, detail));
    }

    public Problem problem() {
        return problem;
    }
}
