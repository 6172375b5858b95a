package com.tokaify.ledger.command.token;

import com.tokaify.ledger.events.codec.StrictJson;
import com.tokaify.ledger.events.secret.TokenSecret;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A first call to the LLM API with a token's secret, to be pasted into a shell. */
final class CurlCommand {
    /** Where the token may use any model. */
    private static final String ANY_MODEL = "gpt-4o-mini";

    private CurlCommand() {}

    private record ChatCompletion(String model, List<Message> messages) {}

    private record Message(String role, String content) {}

    /**
     * @param model one that the token may use; null where it may use any
     */
    static String of(TokenSecret secret, URI apiUrl, @Nullable String model) {
        String body =
                StrictJson.MAPPER.writeValueAsString(
                        new ChatCompletion(
                                model == null ? ANY_MODEL : model,
                                List.of(new Message("user", "Hello"))));
        return "curl "
                + quoted(apiUrl.toString().replaceFirst("/+$", "") + "/v1/chat/completions")
                + " -H "
                + quoted("Authorization: Bearer " + secret.reveal())
                + " -H 'Content-Type: application/json' -d "
                + quoted(body);
    }

    /** A word a shell takes as it is. */
    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
