package com.tokaify.ledger.standalone;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the command line asks for: {@code import FILE --account ID [--group NAME]}. */
record ImportOptions(Path file, String account, @Nullable String group) {
    private static final String USAGE = "import FILE --account ID [--group NAME]";

    /**
     * @throws Refusal where the line asks for something else
     */
    static ImportOptions parse(List<String> arguments) {
        String file = null;
        String account = null;
        String group = null;
        Iterator<String> rest = arguments.iterator();
        if (!rest.hasNext() || !rest.next().equals("import")) {
            throw new Refusal("usage: " + USAGE);
        }
        while (rest.hasNext()) {
            String argument = rest.next();
            switch (argument) {
                case "--account" -> account = valueOf(argument, rest);
                case "--group" -> group = valueOf(argument, rest);
                case String option when option.startsWith("-") ->
                        throw new Refusal("unknown option '" + option + "': " + USAGE);
                case String path -> {
                    if (file != null) {
                        throw new Refusal("one file at a time, not '" + path + "' too: " + USAGE);
                    }
                    file = path;
                }
            }
        }
        if (file == null || account == null) {
            throw new Refusal("usage: " + USAGE);
        }
        return new ImportOptions(Path.of(file), account, group);
    }

    private static String valueOf(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new Refusal(option + " needs a value: " + USAGE);
        }
        return rest.next();
    }
}
