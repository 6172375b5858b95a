package com.tokaify.ledger.command.decision;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a merge patch (RFC 7396) says of one field: nothing, so that it stays; or what it shall be,
 * where null is a value as well.
 *
 * @param value null where nothing is said, too
 */
public record Change<T>(boolean wanted, @Nullable T value) {

    public static <T> Change<T> none() {
        return new Change<>(false, null);
    }

    public static <T> Change<T> to(@Nullable T value) {
        return new Change<>(true, value);
    }

    /** The field once this is done. */
    public @Nullable T of(@Nullable T now) {
        return wanted ? value : now;
    }

    /** The same said in another type. */
    public <U> Change<U> map(Function<T, @Nullable U> conversion) {
        return new Change<>(wanted, value == null ? null : conversion.apply(value));
    }
}
