package com.tokaify.ledger.enforcement.decision;

import com.tokaify.ledger.events.net.IpAddress;
import com.tokaify.ledger.events.net.IpRange;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What must hold for a known token to be used, in the order it is asked; the first rule that is
 * broken gives the code. What costs nothing comes first, the money last.
 */
public enum Rule {
    NOT_DELETED {
        @Override
        public Code judge(Facts facts) {
            return facts.token().standing().deleted() ? Code.TOKEN_DELETED : Code.OK;
        }
    },
    ENABLED {
        @Override
        public Code judge(Facts facts) {
            return facts.token().standing().enabled() ? Code.OK : Code.TOKEN_DISABLED;
        }
    },
    /** By this instance's clock at the very instant, and where the ledger has said so. */
    NOT_EXPIRED {
        @Override
        public Code judge(Facts facts) {
            return facts.token().isPastExpiry(facts.now()) || facts.token().standing().expired()
                    ? Code.TOKEN_EXPIRED
                    : Code.OK;
        }
    },
    /** An allowlist refuses a call whose source nobody knows. */
    SOURCE_ALLOWED {
        @Override
        public Code judge(Facts facts) {
            List<IpRange> sources = facts.token().sources();
            return sources == null || contains(sources, facts.check().ip())
                    ? Code.OK
                    : Code.IP_NOT_ALLOWED;
        }
    },
    MODEL_ALLOWED {
        @Override
        public Code judge(Facts facts) {
            Set<String> models = facts.token().models();
            String model = facts.check().model();
            if (models == null) {
                return Code.OK;
            }
            if (model == null) {
                return Code.MODEL_MISSING;
            }
            return models.contains(model) ? Code.OK : Code.MODEL_NOT_ALLOWED;
        }
    },
    ACCOUNT_ACTIVE {
        @Override
        public Code judge(Facts facts) {
            return facts.account().suspended() ? Code.ACCOUNT_SUSPENDED : Code.OK;
        }
    },
    BALANCE_SUFFICIENT {
        @Override
        public Code judge(Facts facts) {
            return facts.check().isCoveredBy(facts.balance()) ? Code.OK : Code.BALANCE_INSUFFICIENT;
        }
    },
    QUOTA_SUFFICIENT {
        @Override
        public Code judge(Facts facts) {
            return ofQuota(facts.remainingOfToken(), facts.check());
        }
    },
    /** A call of a model nobody names counts under no model's limit, in the ledger neither. */
    MODEL_QUOTA_SUFFICIENT {
        @Override
        public Code judge(Facts facts) {
            return ofQuota(facts.remainingOfModel(), facts.check());
        }

        @Override
        String message(Code code, Facts facts) {
            return "What is left of the token's quota of the model "
                    + facts.check().model()
                    + " does not cover the call.";
        }
    };

    private static final Rule[] IN_ORDER = values();

    /** {@link Code#OK} or the code of this rule. */
    public abstract Code judge(Facts facts);

    /** Why a code of this rule was given, in one sentence for people. */
    String message(Code code, Facts facts) {
        return code.message();
    }

    /** {@link Verdict#OK} or what the first rule that is broken says. */
    public static Verdict judgeAll(Facts facts) {
        for (Rule rule : IN_ORDER) {
            Code code = rule.judge(facts);
            if (code != Code.OK) {
                return new Verdict(code, rule.message(code, facts));
            }
        }
        return Verdict.OK;
    }

    private static Code ofQuota(@Nullable Long remaining, Check check) {
        return remaining == null || check.isCoveredBy(remaining) ? Code.OK : Code.QUOTA_EXHAUSTED;
    }

    private static boolean contains(List<IpRange> ranges, @Nullable IpAddress ip) {
        if (ip == null) {
            return false;
        }
        for (IpRange range : ranges) {
            if (range.contains(ip)) {
                return true;
            }
        }
        return false;
    }
}
