package com.tokaify.ledger.query.projection;

import java.util.List;
import javax.sql.DataSource;

/**
 * All views there are, in whatever schema a data source looks into: the live ones and those built
 * anew beside them are made by the same.
 */
@FunctionalInterface
public interface ViewSet {

    /** The projections that keep these views, in the order in which a batch is applied. */
    List<Projection> over(DataSource source);
}
