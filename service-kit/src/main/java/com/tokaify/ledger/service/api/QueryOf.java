package com.tokaify.ledger.service.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The record that the parameters of a query are read into: its components are the parameters the
 * document lists. On the map of parameters of an endpoint that reads them by itself.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface QueryOf {
    Class<? extends Record> value();
}
