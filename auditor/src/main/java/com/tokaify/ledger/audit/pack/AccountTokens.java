package com.tokaify.ledger.audit.pack;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.tokaify.ledger.audit.source.SourceFailed;
import com.tokaify.ledger.events.codec.EventType;
import com.tokaify.ledger.events.id.TokenId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Which tokens an account has, by the events that began them. Reads the whole store. */
public final class AccountTokens {
    private static final String CREATED_FOR =
            "select stream from ledger.event where type = ? and position(? in payload) > 0 order by stream";

    private AccountTokens() {}

    public static List<String> of(String account, Connection database) {
        // A quotation mark within a text is written otherwise: only the field itself is like this.
        byte[] field = ("\"accountId\":\"" + account + "\"").getBytes(UTF_8);
        List<String> tokens = new ArrayList<>();
        try (Connection connection = database;
                PreparedStatement query = connection.prepareStatement(CREATED_FOR)) {
            query.setShort(1, EventType.TOKEN_CREATED.code());
            query.setBytes(2, field);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    tokens.add(new TokenId(rows.getObject(1, UUID.class)).toString());
                }
            }
        } catch (SQLException e) {
            throw new SourceFailed("the event store cannot be read: " + e.getMessage(), e);
        }
        return tokens;
    }
}
