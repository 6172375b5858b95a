package com.tokaify.ledger.standalone;

import java.util.Map;

/** The heap of a child JVM, such as {@code 512m}. */
record Heap(String size) {
    /**
     * @throws Refusal where the variable's value is no heap size
     */
    static Heap from(Map<String, String> environment, String variable, String defaultSize) {
        String size = environment.getOrDefault(variable, defaultSize);
        if (!size.matches("[1-9][0-9]*[kmg]")) {
            throw new Refusal(
                    variable
                            + " must be a heap size such as "
                            + defaultSize
                            + ", not '"
                            + size
                            + "'");
        }
        return new Heap(size);
    }
}
