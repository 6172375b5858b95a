package com.tokaify.ledger.enforcement;

import com.tokaify.ledger.enforcement.metrics.SpoolMetrics;
import com.tokaify.ledger.enforcement.settings.UsageSettings;
import com.tokaify.ledger.enforcement.usage.SpoolHealthIndicator;
import com.tokaify.ledger.enforcement.usage.SpooledUsage;
import com.tokaify.ledger.enforcement.usage.UsageLog;
import com.tokaify.ledger.enforcement.usage.UsageSpool;
import java.io.IOException;
import java.util.Objects;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Where usage waits while Kafka is away, for an instance that was given a folder for it. */
@Configuration(proxyBeanMethods = false)
@Conditional(SpoolWiring.FolderGiven.class)
class SpoolWiring {

    static final class FolderGiven implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return !context.getEnvironment().getProperty("ledger.usage.spool-folder", "").isEmpty();
        }
    }

    @Bean
    UsageSpool usageSpool(UsageSettings usage) throws IOException {
        return UsageSpool.open(
                Objects.requireNonNull(usage.spoolFolder()), usage.spoolSize().toBytes());
    }

    @Bean(initMethod = "start")
    SpooledUsage spooledUsage(UsageLog log, UsageSpool spool) {
        return new SpooledUsage(log, spool);
    }

    @Bean
    SpoolMetrics spoolMetrics(UsageSpool spool) {
        return new SpoolMetrics(spool);
    }

    @Bean
    SpoolHealthIndicator usageSpoolHealthIndicator(UsageSpool spool) {
        return new SpoolHealthIndicator(spool);
    }
}
