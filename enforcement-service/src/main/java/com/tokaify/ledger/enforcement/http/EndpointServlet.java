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
    private static final String POST = "POST";

    private final transient Endpoint endpoint;
    private final boolean onlyPost;

    private EndpointServlet(Endpoint endpoint, boolean onlyPost) {
        this.endpoint = endpoint;
        this.onlyPost = onlyPost;
    }

    public static EndpointServlet ofPost(Endpoint endpoint) {
        return new EndpointServlet(endpoint, true);
    }

    public static EndpointServlet ofAnyMethod(Endpoint endpoint) {
        return new EndpointServlet(endpoint, false);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (onlyPost && !POST.equals(request.getMethod())) {
            response.setHeader(HttpHeaders.ALLOW, POST);
            HttpStatus status = HttpStatus.METHOD_NOT_ALLOWED;
            Answers.problem(
                    response,
                    Problem.of(status, status.name(), "Only " + POST + " is possible here."));
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
