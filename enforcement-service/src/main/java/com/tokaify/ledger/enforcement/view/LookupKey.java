package com.tokaify.ledger.enforcement.view;

import com.tokaify.ledger.events.secret.LookupHash;

/**
 * The first 128 bits of a lookup hash: what a view of millions of tokens keeps of it. A hash is an
 * HMAC whose key nobody outside has, so nobody can look for two secrets that agree in them, and by
 * chance they meet nowhere near any number of tokens a heap can hold.
 */
public record LookupKey(long a, long b) {

    public static LookupKey of(LookupHash hash) {
        return new LookupKey(hash.a(), hash.b());
    }

    boolean is(LookupHash hash) {
        return a == hash.a() && b == hash.b();
    }
}
