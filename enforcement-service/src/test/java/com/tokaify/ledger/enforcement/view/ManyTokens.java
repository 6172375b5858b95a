package com.tokaify.ledger.enforcement.view;

import com.tokaify.ledger.enforcement.TestLedger;
import com.tokaify.ledger.events.Actor;
import com.tokaify.ledger.events.Position;
import com.tokaify.ledger.events.RecordedEvent;
import com.tokaify.ledger.events.Restrictions;
import com.tokaify.ledger.events.TokenEvent;
import com.tokaify.ledger.events.net.IpRange;
import com.tokaify.ledger.events.secret.LookupHash;
import java.util.List;
import java.util.SplittableRandom;

/** A view of as many tokens as one likes: all with limits and an expiry, of a hundred each. */
final class ManyTokens {
    private static final int OF_AN_ACCOUNT = 100;

    private ManyTokens() {}

    static LocalView view(int tokens) {
        LocalView view = new LocalView(1);
        for (int i = 0; i < tokens; i++) {
            view.apply(created(i));
        }
        return view;
    }

    static RecordedEvent created(int number) {
        return recorded(
                number,
                1L + number,
                new TokenEvent.TokenCreated(
                        TestLedger.account(number / OF_AN_ACCOUNT),
                        "key",
                        "group" + number % 3,
                        new Restrictions(
                                1000L + number,
                                List.of("gpt-5", "model-" + number % 50),
                                List.of(IpRange.parse("10.0." + number % 20 + ".0/24")),
                                TestLedger.NOW.plusNanos(1L + number)),
                        hash(number),
                        "sk-tkfA**wxyz"));
    }

    static RecordedEvent recorded(int number, long pseq, TokenEvent event) {
        return new RecordedEvent(
                new Position(0, pseq),
                TestLedger.token(number),
                0,
                TestLedger.NOW,
                Actor.system("test"),
                "test",
                event);
    }

    static LookupHash hash(int number) {
        SplittableRandom random = new SplittableRandom(number);
        return new LookupHash(
                random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
    }
}
