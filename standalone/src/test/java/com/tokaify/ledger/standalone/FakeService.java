package com.tokaify.ledger.standalone;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/**
 * A service that does nothing but be ready, in a jar of its own, so that starting and stopping can
 * be tested without the real ones. Told to, it fails at once with a line in its log.
 */
final class FakeService {
    static final String BROKEN = "FAKE_SERVICE_BROKEN";
    static final String LAST_WORDS = "the last words of a broken service";

    private FakeService() {}

    public static void main(String[] arguments) throws IOException {
        String jar = Path.of(System.getProperty("java.class.path")).getFileName().toString();
        String name = jar.replace(".jar", "");
        if (name.equals(System.getenv(BROKEN))) {
            throw new IllegalStateException(LAST_WORDS);
        }
        LedgerPort port =
                Stream.of(LedgerPort.values())
                        .filter(candidate -> candidate.listener().equals(name))
                        .findFirst()
                        .orElseThrow();
        HttpServer server =
                HttpServer.create(
                        new InetSocketAddress(
                                System.getenv("LEDGER_BIND_ADDRESS"),
                                Integer.parseInt(System.getenv(port.variable()))),
                        0);
        server.createContext(
                "/actuator/health/readiness",
                exchange -> {
                    exchange.sendResponseHeaders(200, -1);
                    exchange.close();
                });
        server.start();
    }

    /** Puts a jar for each of the ledger's services into the folder. */
    static void packInto(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (String name :
                new String[] {
                    "command-service", "query-service", "enforcement-service", "console"
                }) {
            pack(folder.resolve(name + ".jar"));
        }
    }

    private static void pack(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, FakeService.class.getName());
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out, manifest)) {
            for (Class<?> type : new Class<?>[] {FakeService.class, LedgerPort.class}) {
                String name = type.getName().replace('.', '/') + ".class";
                entries.putNextEntry(new JarEntry(name));
                try (var content = type.getClassLoader().getResourceAsStream(name)) {
                    if (content == null) {
                        throw new IOException(name + " is not on the class path");
                    }
                    content.transferTo(entries);
                }
                entries.closeEntry();
            }
        }
    }
}
