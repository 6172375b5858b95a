package com.tokaify.ledger.query.live;

import com.tokaify.ledger.query.projection.ViewPositions;
import com.tokaify.ledger.query.web.ReadYourWrites;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wires listeners to the view. */
@Configuration(proxyBeanMethods = false)
class LiveConfiguration {

    @Bean
    Changes changes(JdbcClient jdbc) {
        return new ChangeTable(jdbc);
    }

    @Bean
    LiveFeed liveFeed(
            ViewPositions positions,
            Changes changes,
            LiveSettings settings,
            ReadYourWrites readYourWrites) {
        return new LiveFeed(positions, changes, settings, readYourWrites.longestWait());
    }

    @Bean
    Replay replay(Changes changes, LiveSettings settings) {
        return new Replay(changes, settings.maxReplay());
    }
}
