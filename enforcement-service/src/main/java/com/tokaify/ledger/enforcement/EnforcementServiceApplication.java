package com.tokaify.ledger.enforcement;

import com.tokaify.ledger.service.ServiceKit;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Import;

/**
 * Guards: folds the ledger's events into memory and answers gateways from there, without a database
 * and without a network hop. It can be killed at any time; it knows nothing that is not in Kafka.
 */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
@Import(ServiceKit.class)
public class EnforcementServiceApplication {
    public static void main(String[] args) {
        SpringApplication.run(EnforcementServiceApplication.class, args);
    }
}
