package com.tokaify.ledger.events.rules;

import com.tokaify.ledger.events.net.IpAddress;
import com.tokaify.ledger.events.net.IpRange;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What must hold for a known token to be used, in the order it is asked; the first rule that is
 * broken gives the code. What costs nothing comes first, the money last.
 */
public enum Rule {
    NOT_DELETED {
        @Override
        public Code judge(RuleFacts facts) {
            return facts.deleted() ? Code.TOKEN_DELETED : Code.OK;
        }
    },
    ENABLED {
        @Override
        public Code judge(RuleFacts facts) {
            return facts.enabled() ? Code.OK : Code.TOKEN_DISABLED;
        }
    },
    /** By the clock at the very instant, and where the ledger has said so. */
    NOT_EXPIRED {
        @Override
        public Code judge(RuleFacts facts) {
            return facts.expired() ? Code.TOKEN_EXPIRED : Code.OK;
        }
    },
    /** An allowlist refuses a call whose source nobody knows. */
    SOURCE_ALLOWED {
        @Override
        public Code judge(RuleFacts facts) {
            List<IpRange> sources = facts.sources();
            return sources == null || contains(sources, facts.check().ip())
                    ? Code.OK
                    : Code.IP_NOT_ALLOWED;
        }
    },
    MODEL_ALLOWED {
        @Override
        public Code judge(RuleFacts facts) {
            Collection<String> models = facts.models();
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
        public Code judge(RuleFacts facts) {
            return facts.suspended() ? Code.ACCOUNT_SUSPENDED : Code.OK;
        }
    },
    BALANCE_SUFFICIENT {
        @Override
        public Code judge(RuleFacts facts) {
            return facts.check().isCoveredBy(facts.balance()) ? Code.OK : Code.BALANCE_INSUFFICIENT;
        }
    },
    QUOTA_SUFFICIENT {
        @Override
        public Code judge(RuleFacts facts) {
            return ofQuota(facts.remainingOfToken(), facts.check());
        }
    },
    /** A call of a model nobody names counts under no model's limit, in the ledger neither. */
    MODEL_QUOTA_SUFFICIENT {
        @Override
        public Code judge(RuleFacts facts) {
            return ofQuota(facts.remainingOfModel(), facts.check());
        }

        @Override
        public String message(Code code, RuleFacts facts) {
            return "What is left of the token's quota of the model "
                    + facts.check().model()
                    + " does not cover the call.";
        }
    };

    /** {@link Code#OK} or the code of this rule. */
    public abstract Code judge(RuleFacts facts);

    /** Why a code of this rule was given, in one sentence for people. */
    public String message(Code code, RuleFacts facts) {
        return code.message();
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
