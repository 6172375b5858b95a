package com.tokaify.ledger.command.bus;

import com.tokaify.ledger.command.store.SideWrite;
import java.util.List;

/** What else belongs in the transaction of some commands, given what became of them. */
@FunctionalInterface
public interface WorkWrites {
    WorkWrites NONE = _ -> List.of();

    /**
     * @param outcomes one for each command, in their order
     */
    List<SideWrite> given(List<Outcome<?>> outcomes);
}
