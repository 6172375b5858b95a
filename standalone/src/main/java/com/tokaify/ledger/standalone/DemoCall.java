package com.tokaify.ledger.standalone;

/**
 * One call of an application to a model, as the gateway before the models gets it.
 *
 * @param id names it, also as usage
 * @param model asked for
 * @param address it comes from
 * @param isMistyped whether its secret is nobody's
 * @param reserve what the gateway believes that it may cost, in units
 * @param cost what it costs in the end; 0 where the model fails
 */
record DemoCall(
        String id,
        DemoMember caller,
        Way way,
        String model,
        String address,
        boolean isMistyped,
        long reserve,
        long cost) {

    /** How the gateway asks. */
    enum Way {
        /** At the hook, as nginx does, and reports what the call has cost. */
        HOOK,
        /** Reserves before the call and settles after it. */
        RESERVATION,
        /** Only whether it might call. */
        VERIFY
    }

    /** Well-formed to the eye and known to nobody. */
    private static final String MISTYPED = "sk-tkf0000000000000000000000000000000000000000000000";

    String secret() {
        return isMistyped ? MISTYPED : caller.secret();
    }
}
