package com.tokaify.ledger.events.codec;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Where the records of the contract allow null, read from their own annotations. */
final class Nullability {
    private Nullability() {}

    static boolean isNullable(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    /** True where every null in the JSON stands for a component that may be null. */
    static boolean allowsNullsOf(Class<?> type, JsonNode json) {
        return Arrays.stream(type.getRecordComponents())
                .allMatch(component -> allows(component, json.path(component.getName())));
    }

    private static boolean allows(RecordComponent component, JsonNode value) {
        if (value.isNull()) {
            return isNullable(component);
        }
        if (value.isObject()) {
            return allowsNullsOf(component.getType(), value);
        }
        return value.valueStream().allMatch(element -> allowsElement(component, element));
    }

    private static boolean allowsElement(RecordComponent list, JsonNode element) {
        if (element.isObject()) {
            Type type = ((ParameterizedType) list.getGenericType()).getActualTypeArguments()[0];
            return allowsNullsOf((Class<?>) type, element);
        }
        return !element.isNull();
    }
}
