package com.tokaify.ledger.query.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.query.projection.FilledDatabase;
import com.tokaify.ledger.query.sql.BoundSql;
import com.tokaify.ledger.query.web.QueryParameters;
import com.tokaify.ledger.service.access.Scope;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriComponentsBuilder;

/** How PostgreSQL finds a page of the feed among three hundred thousand events. */
class AuditPlanIT {

    /**
     * By an index that has the events of nobody else, so that it does not matter how few they are
     * and how long ago; or, of those who do nearly everything, by the feed of everything.
     */
    @ParameterizedTest
    @CsvSource({
        "'',event_2026_11_recorded_at_partition_pseq_idx",
        "order=oldest,event_2026_11_recorded_at_partition_pseq_idx",
        "class=settings,event_2026_11_recorded_at_partition_pseq_idx1",
        "actor=owner:user-50,event_2026_11_actor_kind_actor_id_recorded_at_partition_pse_idx",
        "actor=operator:nobody,event_2026_11_actor_kind_actor_id_recorded_at_partition_pse_idx",
        "actor=auditor,event_2026_11_actor_kind_actor_id_recorded_at_partition_pse_idx",
        "actor=owner:user-50&order=oldest,event_2026_11_actor_kind_actor_id_recorded_at_partition_pse_idx",
        "actor=owner:user-50&class=settings,event_2026_11_actor_kind_actor_id_recorded_at_partition_pse_idx",
        "actor=gateway:gone&class=settings,event_2026_11_actor_kind_actor_id_recorded_at_partition_pse_idx",
        "actor=gateway:edge-1,event_2026_11_recorded_at_partition_pseq_idx"
    })
    void aPageOfTheFeedFollowsAnIndex(String parameters, String index) {
        MultiValueMap<String, String> values =
                UriComponentsBuilder.newInstance().query(parameters).build().getQueryParams();
        AuditTable.Select select =
                AuditTable.select(
                        AuditQuery.parse(new QueryParameters(values)), new Scope.EveryAccount());

        assertThat(FilledDatabase.scans(new BoundSql(select.sql(), select.values())))
                .singleElement()
                .asString()
                .endsWith(" " + index);
    }
}
