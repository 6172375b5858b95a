package com.tokaify.ledger.standalone;

import java.util.Arrays;
import java.util.List;

/** The models that are sold in the demo. */
enum DemoModel {
    SMALL("gpt-4o-mini", 250),
    LARGE("gpt-4o", 2_400),
    CAREFUL("claude-sonnet-4", 2_900),
    OPEN("deepseek-ai/DeepSeek-V3.1", 600),
    LONG("qwen-max", 1_200);

    private final String model;
    private final long unitsPerCall;

    DemoModel(String model, long unitsPerCall) {
        this.model = model;
        this.unitsPerCall = unitsPerCall;
    }

    /** Its name, as calls have it. */
    String model() {
        return model;
    }

    /** What a call costs in the middle of all. */
    long unitsPerCall() {
        return unitsPerCall;
    }

    static List<String> names(List<DemoModel> some) {
        return some.stream().map(DemoModel::model).toList();
    }

    static double meanUnitsPerCall(List<DemoModel> some) {
        return some.stream().mapToLong(DemoModel::unitsPerCall).average().orElse(0);
    }

    static List<DemoModel> all() {
        return Arrays.asList(values());
    }
}
