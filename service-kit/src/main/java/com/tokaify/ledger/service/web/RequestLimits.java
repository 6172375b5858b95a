package com.tokaify.ledger.service.web;

import com.tokaify.ledger.service.problem.ProblemException;
import java.util.Comparator;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.http.HttpStatus;
import org.springframework.util.unit.DataSize;

/**
 * How large requests may be.
 *
 * @param maxBody of any request
 * @param largerBodies paths that take more, for bulk and import
 */
@ConfigurationProperties("ledger.requests")
public record RequestLimits(DataSize maxBody, @DefaultValue List<LargerBody> largerBodies) {

    /**
     * @param prefix of the path, whole segments
     */
    public record LargerBody(String prefix, DataSize maxBody) {
        public LargerBody {
            if (!prefix.startsWith("/") || prefix.endsWith("/")) {
                throw new IllegalArgumentException(
                        "ledger.requests.larger-bodies: a prefix must begin with a slash and not end with one: "
                                + prefix);
            }
            positive(maxBody);
        }

        private boolean holdsFor(String path) {
            return path.equals(prefix) || path.startsWith(prefix + "/");
        }
    }

    public RequestLimits {
        positive(maxBody);
        // The longest prefix first, so that the first that holds is the one that counts.
        largerBodies =
                largerBodies.stream()
                        .sorted(Comparator.comparingInt(larger -> -larger.prefix().length()))
                        .toList();
    }

    /** The most bytes the body of a request for this path may have; the longest prefix counts. */
    long bytesFor(String path) {
        for (LargerBody larger : largerBodies) {
            if (larger.holdsFor(path)) {
                return larger.maxBody().toBytes();
            }
        }
        return maxBody.toBytes();
    }

    /** 413 for a body beyond its limit. */
    public static ProblemException tooLarge(long bytes) {
        HttpStatus status = HttpStatus.CONTENT_TOO_LARGE;
        return new ProblemException(
                status, status.name(), "The body must have at most " + bytes + " bytes.");
    }

    private static void positive(DataSize size) {
        if (size.isNegative() || size.toBytes() == 0) {
            throw new IllegalArgumentException("ledger.requests: a size must be positive: " + size);
        }
    }
}
