package com.tokaify.ledger.events.codec;

import com.tokaify.ledger.events.AccountEvent;
import com.tokaify.ledger.events.CatalogEvent;
import com.tokaify.ledger.events.LedgerEvent;
import com.tokaify.ledger.events.TokenEvent;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The registry: every type of event, its version, its name on Kafka and its code in the event
 * store. Codes and names are stored for ever: they are added, never changed or used again. A test
 * holds this equal to the sealed families.
 */
public enum EventType {
    TOKEN_CREATED(1, "token-created.v1", TokenEvent.TokenCreated.class),
    TOKEN_RENAMED(2, "token-renamed.v1", TokenEvent.TokenRenamed.class),
    TOKEN_GROUP_CHANGED(3, "token-group-changed.v1", TokenEvent.TokenGroupChanged.class),
    QUOTA_LIMIT_CHANGED(4, "quota-limit-changed.v1", TokenEvent.QuotaLimitChanged.class),
    MODEL_ACCESS_CHANGED(5, "model-access-changed.v1", TokenEvent.ModelAccessChanged.class),
    IP_ALLOWLIST_CHANGED(6, "ip-allowlist-changed.v1", TokenEvent.IpAllowlistChanged.class),
    EXPIRATION_CHANGED(7, "expiration-changed.v1", TokenEvent.ExpirationChanged.class),
    TOKEN_ENABLED(8, "token-enabled.v1", TokenEvent.TokenEnabled.class),
    TOKEN_DISABLED(9, "token-disabled.v1", TokenEvent.TokenDisabled.class),
    TOKEN_EXPIRED(10, "token-expired.v1", TokenEvent.TokenExpired.class),
    TOKEN_DELETED(11, "token-deleted.v1", TokenEvent.TokenDeleted.class),
    SECRET_REVEALED(12, "secret-revealed.v1", TokenEvent.SecretRevealed.class),
    SECRET_ROTATED(13, "secret-rotated.v1", TokenEvent.SecretRotated.class),
    QUOTA_CONSUMED(14, "quota-consumed.v1", TokenEvent.QuotaConsumed.class),
    QUOTA_EXHAUSTED(15, "quota-exhausted.v1", TokenEvent.QuotaExhausted.class),
    QUOTA_REFUNDED(16, "quota-refunded.v1", TokenEvent.QuotaRefunded.class),
    QUOTA_PERIOD_CHANGED(17, "quota-period-changed.v1", TokenEvent.QuotaPeriodChanged.class),
    QUOTA_PERIOD_STARTED(18, "quota-period-started.v1", TokenEvent.QuotaPeriodStarted.class),
    MODEL_QUOTAS_CHANGED(19, "model-quotas-changed.v1", TokenEvent.ModelQuotasChanged.class),
    MODEL_QUOTA_EXHAUSTED(20, "model-quota-exhausted.v1", TokenEvent.ModelQuotaExhausted.class),
    TOKEN_IMPORTED(21, "token-imported.v1", TokenEvent.TokenImported.class),
    RATE_LIMITS_CHANGED(22, "rate-limits-changed.v1", TokenEvent.RateLimitsChanged.class),

    ACCOUNT_OPENED(101, "account-opened.v1", AccountEvent.AccountOpened.class),
    BALANCE_CREDITED(102, "balance-credited.v1", AccountEvent.BalanceCredited.class),
    BALANCE_ADJUSTED(103, "balance-adjusted.v1", AccountEvent.BalanceAdjusted.class),
    ACCOUNT_SUSPENDED(104, "account-suspended.v1", AccountEvent.AccountSuspended.class),
    ACCOUNT_RESUMED(105, "account-resumed.v1", AccountEvent.AccountResumed.class),

    GROUP_DEFINED(201, "group-defined.v1", CatalogEvent.GroupDefined.class),
    GROUP_RETIRED(202, "group-retired.v1", CatalogEvent.GroupRetired.class),
    MODEL_LISTED(203, "model-listed.v1", CatalogEvent.ModelListed.class),
    MODEL_RETIRED(204, "model-retired.v1", CatalogEvent.ModelRetired.class),
    CATALOG_CLOSED(205, "catalog-closed.v1", CatalogEvent.CatalogClosed.class),
    CATALOG_OPENED(206, "catalog-opened.v1", CatalogEvent.CatalogOpened.class);

    /** The kind of stream an event belongs to. */
    public enum Family {
        TOKEN,
        ACCOUNT,
        CATALOG
    }

    private static final String NAMESPACE = "com.tokaify.ledger.";
    private static final Map<Class<? extends LedgerEvent>, EventType> BY_CLASS =
            index(EventType::eventClass);
    private static final Map<String, EventType> BY_NAME = index(EventType::ceType);
    private static final Map<Short, EventType> BY_CODE = index(EventType::code);

    private final short code;
    private final String ceType;
    private final Class<? extends LedgerEvent> eventClass;

    EventType(int code, String name, Class<? extends LedgerEvent> eventClass) {
        this.code = (short) code;
        this.ceType = NAMESPACE + name;
        this.eventClass = eventClass;
    }

    /** The code in the event store. */
    public short code() {
        return code;
    }

    /** The CloudEvents type, e.g. {@code com.tokaify.ledger.token-created.v1}. */
    public String ceType() {
        return ceType;
    }

    public Class<? extends LedgerEvent> eventClass() {
        return eventClass;
    }

    public Family family() {
        if (TokenEvent.class.isAssignableFrom(eventClass)) {
            return Family.TOKEN;
        }
        return AccountEvent.class.isAssignableFrom(eventClass) ? Family.ACCOUNT : Family.CATALOG;
    }

    public static EventType of(LedgerEvent event) {
        return known(BY_CLASS.get(event.getClass()), event.getClass());
    }

    /**
     * @throws UnreadableEvent where no such type is known: the reader must stop, not skip
     */
    public static EventType ofCeType(String ceType) {
        return known(BY_NAME.get(ceType), ceType);
    }

    /**
     * @throws UnreadableEvent where no such type is known: the reader must stop, not skip
     */
    public static EventType ofCode(short code) {
        return known(BY_CODE.get(code), code);
    }

    private static EventType known(@Nullable EventType type, Object asked) {
        if (type == null) {
            throw new UnreadableEvent("unknown event type: " + asked);
        }
        return type;
    }

    private static <K> Map<K, EventType> index(Function<EventType, K> key) {
        return Arrays.stream(values())
                .collect(Collectors.toUnmodifiableMap(key, Function.identity()));
    }
}
