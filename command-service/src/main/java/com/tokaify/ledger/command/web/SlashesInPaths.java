package com.tokaify.ledger.command.web;

import org.apache.catalina.connector.Connector;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.springframework.boot.tomcat.TomcatConnectorCustomizer;
import org.springframework.stereotype.Component;

/**
 * Names of models hold slashes. Clients that were generated write them as {@code %2F} in a path,
 * which Tomcat would refuse before anybody has seen the request.
 */
@Component
final class SlashesInPaths implements TomcatConnectorCustomizer {
    @Override
    public void customize(Connector connector) {
        connector.setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
    }
}
