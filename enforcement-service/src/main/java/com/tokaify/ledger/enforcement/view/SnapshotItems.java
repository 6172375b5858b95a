package com.tokaify.ledger.enforcement.view;

import com.tokaify.ledger.enforcement.view.Counting.ModelCount;
import com.tokaify.ledger.enforcement.view.Counting.Period;
import com.tokaify.ledger.events.RateLimits;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.net.IpRange;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The layout of each thing in a snapshot: what writes it and what reads it, side by side. Numbers
 * are big-endian, texts are UTF-8 behind their length in two bytes, lists stand behind their length
 * in four; an absent list has the length -1, an absent limit is -1.
 */
final class SnapshotItems {
    private static final int ABSENT = -1;
    private static final int HAS_PREVIOUS = 1;
    private static final int HAS_PERIOD = 2;
    private static final int HAS_MODELS = 4;

    private SnapshotItems() {}

    static void write(ByteBuffer out, Anchor anchor) {
        out.putLong(anchor.offset());
        write(out, anchor.eventId());
    }

    static Anchor anchor(ByteBuffer in) {
        return new Anchor(in.getLong(), text(in));
    }

    static void write(ByteBuffer out, Scope scope) {
        write(out, scope.group());
        writeAll(out, scope.models() == null ? null : List.copyOf(scope.models()));
        writeAll(
                out,
                scope.sources() == null
                        ? null
                        : scope.sources().stream().map(IpRange::toString).toList());
        RateLimits limits = scope.rateLimits();
        write(out, limits == null ? null : limits.requestsPerMinute());
        write(out, limits == null ? null : limits.unitsPerMinute());
    }

    static Scope scope(ByteBuffer in) {
        String group = text(in);
        List<String> models = texts(in);
        List<String> sources = texts(in);
        return new Scope(
                group,
                models == null ? null : Set.copyOf(models),
                sources == null ? null : sources.stream().map(IpRange::parse).toList(),
                RateLimits.orNone(new RateLimits(limit(in), limit(in))));
    }

    /** Limits are positive. */
    private static void write(ByteBuffer out, @Nullable Long limit) {
        out.putLong(limit == null ? ABSENT : limit);
    }

    private static @Nullable Long limit(ByteBuffer in) {
        long limit = in.getLong();
        return limit == ABSENT ? null : Long.valueOf(limit);
    }

    static void write(ByteBuffer out, ViewCut.AccountCut account) {
        write(out, account.account().id().uuid());
        out.put((byte) (account.state().suspended() ? 1 : 0));
        out.putLong(account.state().balance());
    }

    static AccountEntry account(ByteBuffer in, Contents contents) {
        return contents.restore(
                new AccountId(uuid(in)), new AccountState(in.get() != 0, in.getLong()));
    }

    static void write(ByteBuffer out, TokenEntry token, int account, int scope) {
        out.putLong(token.idHigh());
        out.putLong(token.idLow());
        out.putShort((short) token.partition());
        out.putInt(account);
        out.putInt(scope);
        out.putLong(token.keyA());
        out.putLong(token.keyB());
        out.putLong(token.packedQuotaLimit());
        out.putLong(token.expiresAtMicros());
        out.putLong(token.consumed());
        out.putShort(token.bits());
        PreviousSecret previous = token.previous();
        Period period = token.counting().period();
        List<ModelCount> models = token.counting().models();
        out.put(
                (byte)
                        ((previous == null ? 0 : HAS_PREVIOUS)
                                | (period == null ? 0 : HAS_PERIOD)
                                | (models.isEmpty() ? 0 : HAS_MODELS)));
        if (previous != null) {
            out.putLong(previous.key().a());
            out.putLong(previous.key().b());
            write(out, previous.validUntil());
        }
        if (period != null) {
            write(out, period.endsAt());
            out.putLong(period.totalBefore());
        }
        if (!models.isEmpty()) {
            out.putInt(models.size());
            for (ModelCount model : models) {
                write(out, model.model());
                out.putLong(model.quotaLimit());
                out.putLong(model.consumed());
            }
        }
    }

    static TokenEntry token(ByteBuffer in, List<AccountEntry> accounts, List<Scope> scopes) {
        TokenId id = new TokenId(uuid(in));
        int partition = in.getShort();
        AccountEntry account = accounts.get(in.getInt());
        Scope scope = scopes.get(in.getInt());
        long keyA = in.getLong();
        long keyB = in.getLong();
        long quotaLimit = in.getLong();
        long expiresAtMicros = in.getLong();
        long consumed = in.getLong();
        short bits = in.getShort();
        int has = in.get();
        PreviousSecret previous =
                (has & HAS_PREVIOUS) == 0
                        ? null
                        : new PreviousSecret(
                                new LookupKey(in.getLong(), in.getLong()), instant(in));
        Period period = (has & HAS_PERIOD) == 0 ? null : new Period(instant(in), in.getLong());
        List<ModelCount> models = (has & HAS_MODELS) == 0 ? List.of() : models(in);
        return new TokenEntry(
                id,
                partition,
                account,
                new TokenState(
                        keyA,
                        keyB,
                        quotaLimit,
                        expiresAtMicros,
                        consumed,
                        bits,
                        scope,
                        Counting.of(period, models),
                        previous));
    }

    private static List<ModelCount> models(ByteBuffer in) {
        List<ModelCount> models = new ArrayList<>();
        for (int i = in.getInt(); i > 0; i--) {
            models.add(new ModelCount(text(in), in.getLong(), in.getLong()));
        }
        return List.copyOf(models);
    }

    private static void write(ByteBuffer out, UUID uuid) {
        out.putLong(uuid.getMostSignificantBits());
        out.putLong(uuid.getLeastSignificantBits());
    }

    private static UUID uuid(ByteBuffer in) {
        return new UUID(in.getLong(), in.getLong());
    }

    private static void write(ByteBuffer out, Instant instant) {
        out.putLong(instant.getEpochSecond());
        out.putInt(instant.getNano());
    }

    private static Instant instant(ByteBuffer in) {
        return Instant.ofEpochSecond(in.getLong(), in.getInt());
    }

    private static void write(ByteBuffer out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.putShort((short) bytes.length);
        out.put(bytes);
    }

    private static String text(ByteBuffer in) {
        byte[] bytes = new byte[Short.toUnsignedInt(in.getShort())];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static void writeAll(ByteBuffer out, @Nullable List<String> texts) {
        out.putInt(texts == null ? ABSENT : texts.size());
        if (texts != null) {
            texts.forEach(text -> write(out, text));
        }
    }

    private static @Nullable List<String> texts(ByteBuffer in) {
        int size = in.getInt();
        if (size == ABSENT) {
            return null;
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            texts.add(text(in));
        }
        return texts;
    }
}
