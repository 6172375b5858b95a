package com.tokaify.ledger.standalone;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/** What the command line asks for: {@code up [--data DIR] [--fresh]}. */
record Options(Path data, boolean fresh) {

    /**
     * @param defaultData where the data lies if nothing else is said
     * @throws Refusal where the line asks for something else
     */
    static Options parse(List<String> arguments, Path defaultData) {
        Iterator<String> rest = arguments.iterator();
        if (!rest.hasNext() || !rest.next().equals("up")) {
            throw new Refusal("usage: up [--data DIR] [--fresh]");
        }
        Path data = defaultData;
        boolean fresh = false;
        while (rest.hasNext()) {
            String argument = rest.next();
            switch (argument) {
                case "--fresh" -> fresh = true;
                case "--data" -> {
                    if (!rest.hasNext()) {
                        throw new Refusal("--data needs a folder: up [--data DIR] [--fresh]");
                    }
                    data = Path.of(rest.next());
                }
                case String unknown ->
                        throw new Refusal(
                                "unknown option '" + unknown + "': up [--data DIR] [--fresh]");
            }
        }
        return new Options(data.toAbsolutePath().normalize(), fresh);
    }
}
