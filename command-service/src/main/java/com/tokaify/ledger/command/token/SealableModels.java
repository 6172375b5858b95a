package com.tokaify.ledger.command.token;

import com.tokaify.ledger.events.InvalidField;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lists of models that an event can carry into the log of seals, whose entries are bounded. Five
 * hundred names of two hundred characters each would be too long together, while every list people
 * make is a tenth of it. A rule of commands and not of events: what is recorded stays readable.
 */
final class SealableModels {
    /** Beside it an event has at most a hundred addresses and a name. */
    static final int MAX_BYTES = 50_000;

    private SealableModels() {}

    /**
     * @throws InvalidField where the names are too long together, as JSON has them
     */
    static void check(@Nullable List<String> models) {
        if (models != null && models.stream().mapToInt(SealableModels::bytes).sum() > MAX_BYTES) {
            throw new InvalidField(
                    "models", "must have " + MAX_BYTES + " characters at most, all together");
        }
    }

    /** Quotes, a comma, and another character for each that JSON escapes. */
    private static int bytes(String model) {
        int escaped = (int) model.chars().filter(c -> c == '"' || c == '\\').count();
        return model.length() + escaped + 3;
    }
}
