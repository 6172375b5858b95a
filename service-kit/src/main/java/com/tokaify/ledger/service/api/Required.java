package com.tokaify.ledger.service.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A component of a request that callers must give, though it is {@code @Nullable} because what they
 * left out is null until it has been checked. A field of a patch may be left out, and must have a
 * value where it is not.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Required {}
