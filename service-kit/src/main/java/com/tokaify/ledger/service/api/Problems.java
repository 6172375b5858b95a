package com.tokaify.ledger.service.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The codes of the {@link ServiceApi#refusals() refusals} this endpoint may answer with, none where
 * empty. Without the annotation it is all of them. Tests hold every answer to it.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Problems {
    String[] value();
}
