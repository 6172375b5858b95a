package com.tokaify.ledger.enforcement;

import com.tokaify.ledger.enforcement.access.Callers;
import com.tokaify.ledger.enforcement.access.Door;
import com.tokaify.ledger.events.Actor;
import com.tokaify.ledger.service.access.Access;
import com.tokaify.ledger.service.access.Role;
import com.tokaify.ledger.service.access.Scope;
import java.util.EnumSet;

/** A gateway of all accounts, for tests of something else than who may ask. */
public final class TestAccess {
    public static final Access GATEWAY =
            new Access(
                    new Actor(Actor.Kind.GATEWAY, "edge-1"),
                    Role.GATEWAY,
                    new Scope.EveryAccount(),
                    null);

    private TestAccess() {}

    /** Lets everybody in as that gateway. */
    public static Door openDoor() {
        return new Door(Callers.open(GATEWAY), EnumSet.allOf(Role.class));
    }
}
