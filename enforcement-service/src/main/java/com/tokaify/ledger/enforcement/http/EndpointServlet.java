package com.tokaify.ledger.enforcement.http;

import com.tokaify.ledger.events.InvalidField;
import com.tokaify.ledger.service.problem.Problem;
import com.tokaify.ledger.service.problem.ProblemException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * A servlet of its own for a hot endpoint, beside MVC: measured, a check through an annotated
 * controller costs twice as much. The one place here where what goes wrong becomes a problem, with
 * the same words as MVC's.
 */
public final class EndpointServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final String METHOD = "POST";

    private final transient Endpoint endpoint;

    public EndpointServlet(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (!METHOD.equals(request.getMethod())) {
            response.setHeader(HttpHeaders.ALLOW, METHOD);
            HttpStatus status = HttpStatus.METHOD_NOT_ALLOWED;
            Answers.problem(
                    response,
                    Problem.of(status, status.name(), "Only " + METHOD + " is possible here."));
            return;
        }
        try {
            endpoint.answer(request, response);
        } catch (InvalidField e) {
            Answers.problem(response, Problem.invalid(e));
        } catch (ProblemException e) {
            Answers.problem(response, e.problem());
        } catch (RuntimeException e) {
            Answers.unexpected(response, e);
        }
    }
}
