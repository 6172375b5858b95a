package com.tokaify.ledger.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * A compose file as Docker reads it where nothing is set around it: anchors resolved, merged, and
 * every variable at its default.
 */
record ComposeFile(String name, Map<String, Object> content) {
    /** From the folder of any module, where its tests run. */
    static final Path TOP = Path.of("..");

    private static final Pattern VARIABLE =
            Pattern.compile("\\$\\{(?<name>[A-Z_]+)(:-(?<default>[^}]*))?}");

    static ComposeFile read(String name) {
        try {
            String text = Files.readString(TOP.resolve(name));
            Object whole = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
            return new ComposeFile(name, map(substituted(whole)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Object substituted(Object value) {
        return switch (value) {
            case String text -> substituted(text);
            case List<?> list -> list.stream().map(ComposeFile::substituted).toList();
            case Map<?, ?> map -> {
                Map<String, Object> copy = new LinkedHashMap<>();
                map.forEach((key, each) ->
                        copy.put(String.valueOf(key), each == null ? Map.of() : substituted(each)));
                yield copy;
            }
            default -> value;
        };
    }

    /** A variable without a default is left as it stands, and fails whoever looks at it. */
    private static String substituted(String text) {
        Matcher variable = VARIABLE.matcher(text);
        return variable.replaceAll(found ->
                Matcher.quoteReplacement(
                        Objects.requireNonNullElse(variable.group("default"), found.group())));
    }

    /** One container: what is said of it. */
    record Service(String name, Map<String, Object> content) {
        /** The image's name, or what would be built under it. */
        String image() {
            return String.valueOf(content.get("image"));
        }

        boolean isBuilt() {
            return content.containsKey("build");
        }

        Map<String, Object> buildArguments() {
            return map(map(content.get("build")).get("args"));
        }

        /** The module whose jar runs in it; only of what is built. */
        String module() {
            return String.valueOf(buildArguments().get("SERVICE"));
        }

        Map<String, String> environment() {
            Map<String, String> environment = new LinkedHashMap<>();
            map(content.getOrDefault("environment", Map.of()))
                    .forEach((name, value) -> environment.put(name, String.valueOf(value)));
            return environment;
        }

        List<String> list(String key) {
            return content.get(key) instanceof List<?> list
                    ? list.stream().map(String::valueOf).toList()
                    : List.of();
        }

        /** Where a volume of this name is seen; empty where it is not. */
        String mountOf(String volume) {
            return list("volumes").stream()
                    .map(mount -> mount.split(":", 3))
                    .filter(mount -> mount[0].equals(volume))
                    .map(mount -> mount[1])
                    .findFirst()
                    .orElse("");
        }

        @Override
        public String toString() {
            return name;
        }
    }

    List<Service> services() {
        return map(content.get("services")).entrySet().stream()
                .map(each -> new Service(each.getKey(), map(each.getValue())))
                .toList();
    }

    /** The instances of our own services. */
    List<Service> ours() {
        return services().stream().filter(Service::isBuilt).toList();
    }

    Service service(String name) {
        return services().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(this.name + " has no " + name));
    }

    @SuppressWarnings("unchecked") // keys are texts in every file of this kind
    private static Map<String, Object> map(@Nullable Object value) {
        return (Map<String, Object>) Objects.requireNonNull(value);
    }

    @Override
    public String toString() {
        return name;
    }
}
