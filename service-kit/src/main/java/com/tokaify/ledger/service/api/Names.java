package com.tokaify.ledger.service.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JavaType;
import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;

/** What things of our code are called in the document. */
final class Names {
    private static final String CONTROLLER = "Controller";

    private Names() {}

    /** What a controller is about: {@code Token} for {@code TokenController}. */
    static String ofController(Class<?> controller) {
        String name = controller.getSimpleName();
        return isController(controller)
                ? name.substring(0, name.length() - CONTROLLER.length())
                : name;
    }

    /**
     * A record inside a controller takes the controller's name in front, one inside a record that
     * one's, one with type arguments those: {@code TokenCreated}, {@code ImportResultItem}, {@code
     * CatalogGroupItems}.
     */
    static String ofSchema(JavaType type) {
        StringBuilder arguments = new StringBuilder();
        Class<?> outer = type.getRawClass().getDeclaringClass();
        for (JavaType argument : type.getBindings().getTypeParameters()) {
            arguments.append(ofSchema(argument));
        }
        String name = arguments + type.getRawClass().getSimpleName();
        if (isController(outer)) {
            return prefixed(ofController(outer), name);
        }
        return outer != null && outer.isRecord() ? prefixed(outer.getSimpleName(), name) : name;
    }

    /** With what it belongs to in front, once. */
    static String prefixed(String owner, String name) {
        return name.startsWith(owner) ? name : owner + name;
    }

    /** What a component is called in JSON. */
    static String inJson(RecordComponent component) {
        JsonProperty given = component.getAccessor().getAnnotation(JsonProperty.class);
        return given == null || given.value().isEmpty() ? component.getName() : given.value();
    }

    private static boolean isController(@Nullable Class<?> type) {
        return type != null && type.getSimpleName().endsWith(CONTROLLER);
    }
}
