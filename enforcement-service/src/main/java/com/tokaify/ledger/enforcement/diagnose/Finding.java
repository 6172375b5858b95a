package com.tokaify.ledger.enforcement.diagnose;

import com.tokaify.ledger.enforcement.decision.Code;
import org.jspecify.annotations.Nullable;

/**
 * What one check has found.
 *
 * @param check its name, for programs
 * @param code {@link Code#OK}, or what a call would be refused with for this alone
 * @param message what was found, in plain words
 * @param remedy what to do about it; null where there is nothing to do
 */
record Finding(String check, Code code, String message, @Nullable String remedy) {
    static Finding passed(String check, String message) {
        return new Finding(check, Code.OK, message, null);
    }

    boolean passed() {
        return code == Code.OK;
    }
}
