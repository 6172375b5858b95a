package com.tokaify.ledger.query.catalog;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The tables {@code catalog_group} and {@code catalog_model}, a few rows each, and {@code
 * catalog_access}, at most one.
 */
public final class CatalogTable {

    /** A group as callers see it; a retired one takes no new tokens. */
    record Group(String name, String displayName, boolean retired) {}

    /** A model as callers see it. */
    record Model(String model, boolean retired) {}

    private final JdbcClient jdbc;

    public CatalogTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void defineGroup(String name, String displayName) {
        jdbc.sql(
                        """
                        INSERT INTO catalog_group (name, display_name, retired) VALUES (:name, :displayName, false)
                        ON CONFLICT (name) DO UPDATE SET display_name = EXCLUDED.display_name, retired = false
                        """)
                .param("name", name)
                .param("displayName", displayName)
                .update();
    }

    void retireGroup(String name) {
        jdbc.sql("UPDATE catalog_group SET retired = true WHERE name = :name")
                .param("name", name)
                .update();
    }

    void listModel(String model) {
        jdbc.sql(
                        """
                        INSERT INTO catalog_model (model, retired) VALUES (:model, false)
                        ON CONFLICT (model) DO UPDATE SET retired = false
                        """)
                .param("model", model)
                .update();
    }

    void retireModel(String model) {
        jdbc.sql("UPDATE catalog_model SET retired = true WHERE model = :model")
                .param("model", model)
                .update();
    }

    void close(boolean closed) {
        jdbc.sql(
                        """
                        INSERT INTO catalog_access (single, closed) VALUES (true, :closed)
                        ON CONFLICT (single) DO UPDATE SET closed = EXCLUDED.closed
                        """)
                .param("closed", closed)
                .update();
    }

    /** Whether tokens may name only models of the catalog. */
    boolean closed() {
        return jdbc.sql("SELECT EXISTS (SELECT FROM catalog_access WHERE closed)")
                .query(Boolean.class)
                .single();
    }

    List<Group> groups() {
        return jdbc.sql("SELECT name, display_name, retired FROM catalog_group ORDER BY name")
                .query((row, _) ->
                        new Group(
                                row.getString("name"),
                                row.getString("display_name"),
                                row.getBoolean("retired")))
                .list();
    }

    List<Model> models() {
        return jdbc.sql("SELECT model, retired FROM catalog_model ORDER BY model")
                .query((row, _) -> new Model(row.getString("model"), row.getBoolean("retired")))
                .list();
    }
}
