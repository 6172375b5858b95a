package com.tokaify.ledger.standalone;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Makes up the calls of a day, the same ones for the same random numbers: who calls, for what, from
 * where, at what cost, and what is wrong with it. Used by one thread.
 */
final class DemoTraffic {
    private static final double MISTYPED = 0.02;

    /** Of those that are restricted: the developer who tries the dear model, or from home. */
    private static final double ASTRAY = 0.15;

    private static final double BY_HOOK = 0.5;
    private static final double BY_RESERVATION = 0.35;
    private static final double FAILING = 0.04;

    /** Costs are spread like this: few calls are very dear. */
    private static final double SPREAD = 0.7;

    private static final String ELSEWHERE = "198.51.100.250";

    private final List<DemoMember> members;
    private final String run;
    private final RandomGenerator random;
    private long made;

    /**
     * @param members the busiest first, as in the script
     * @param run a name that no other run has, for the ids of usage
     */
    DemoTraffic(List<DemoMember> members, String run, RandomGenerator random) {
        this.members = List.copyOf(members);
        this.run = run;
        this.random = random;
    }

    DemoCall next() {
        DemoMember caller = caller();
        DemoToken token = caller.token();
        DemoModel model = one(token.models());
        if (token.onlyModels() && random.nextDouble() < ASTRAY) {
            model = one(others(token.models()));
        }
        boolean isElsewhere = random.nextDouble() < ASTRAY;
        long cost = cost(model);
        made++;
        return new DemoCall(
                run + "-" + made,
                caller,
                way(),
                model.model(),
                isElsewhere ? ELSEWHERE : token.address(),
                random.nextDouble() < MISTYPED,
                2 * model.unitsPerCall(),
                cost);
    }

    private DemoMember caller() {
        double left = random.nextDouble();
        for (int place = 0; place < members.size(); place++) {
            left -= DemoScript.share(place);
            if (left < 0) {
                return members.get(place);
            }
        }
        return members.getFirst();
    }

    private DemoCall.Way way() {
        double chance = random.nextDouble();
        if (chance < BY_HOOK) {
            return DemoCall.Way.HOOK;
        }
        return chance < BY_HOOK + BY_RESERVATION
                ? DemoCall.Way.RESERVATION
                : DemoCall.Way.VERIFY;
    }

    private long cost(DemoModel model) {
        if (random.nextDouble() < FAILING) {
            return 0;
        }
        double units = model.unitsPerCall() * Math.exp(SPREAD * random.nextGaussian());
        return Math.max(1, Math.round(units));
    }

    private static List<DemoModel> others(List<DemoModel> models) {
        return DemoModel.all().stream().filter(model -> !models.contains(model)).toList();
    }

    private DemoModel one(List<DemoModel> models) {
        return models.get(random.nextInt(models.size()));
    }
}
