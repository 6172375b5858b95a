package com.tokaify.ledger.query.live;

import com.tokaify.ledger.query.projection.ViewPositions;
import com.tokaify.ledger.query.web.ReadYourWrites;
import com.zaxxer.hikari.HikariDataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wires listeners to the view. */
@Configuration(proxyBeanMethods = false)
class LiveConfiguration {

    /** Reads once for all listeners, whoever they are, and tells each what it may hear. */
    @Bean
    LiveFeed liveFeed(
            ViewPositions positions,
            HikariDataSource views,
            LiveSettings settings,
            ReadYourWrites readYourWrites) {
        return new LiveFeed(positions, ofAll(views), settings, readYourWrites.longestWait());
    }

    @Bean
    Replay replay(HikariDataSource views, JdbcClient jdbc, LiveSettings settings) {
        return new Replay(ofAll(views), new ChangeTable(jdbc), settings.maxReplay());
    }

    private static Changes ofAll(HikariDataSource views) {
        return new ChangeTable(JdbcClient.create(views));
    }
}
