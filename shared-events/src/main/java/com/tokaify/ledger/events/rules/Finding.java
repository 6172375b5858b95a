package com.tokaify.ledger.events.rules;

import org.jspecify.annotations.Nullable;

/**
 * What one check has found.
 *
 * @param check its name, for programs
 * @param code {@link Code#OK}, or what a call would be refused with for this alone
 * @param message what was found, in plain words
 * @param remedy what to do about it; null where there is nothing to do
 */
public record Finding(String check, Code code, String message, @Nullable String remedy) {
    public static Finding passed(String check, String message) {
        return new Finding(check, Code.OK, message, null);
    }

    public boolean passed() {
        return code == Code.OK;
    }
}
