package com.tokaify.ledger.standalone;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the command line asks for: {@code access-token --role ROLE [--account ID] [--data DIR]}. */
record AccessTokenOptions(String role, @Nullable String account, Path data) {
    private static final String USAGE = "access-token --role ROLE [--account ID] [--data DIR]";

    /**
     * @param defaultData where the data lies if nothing else is said
     * @throws Refusal where the line asks for something else
     */
    static AccessTokenOptions parse(List<String> arguments, Path defaultData) {
        String role = null;
        String account = null;
        Path data = defaultData;
        Iterator<String> rest = arguments.iterator();
        if (!rest.hasNext() || !rest.next().equals("access-token")) {
            throw new Refusal("usage: " + USAGE);
        }
        while (rest.hasNext()) {
            String argument = rest.next();
            switch (argument) {
                case "--role" -> role = valueOf(argument, rest);
                case "--account" -> account = valueOf(argument, rest);
                case "--data" -> data = Path.of(valueOf(argument, rest));
                case String unknown ->
                        throw new Refusal("unknown option '" + unknown + "': " + USAGE);
            }
        }
        if (role == null) {
            throw new Refusal("usage: " + USAGE);
        }
        return new AccessTokenOptions(role, account, data.toAbsolutePath().normalize());
    }

    private static String valueOf(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new Refusal(option + " needs a value: " + USAGE);
        }
        return rest.next();
    }
}
