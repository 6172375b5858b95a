package com.tokaify.ledger.standalone;

import com.tokaify.ledger.local.JvmCommand;
import com.tokaify.ledger.local.LocalFolder;
import com.tokaify.ledger.local.LoopbackPort;
import com.tokaify.ledger.local.ManagedProcess;
import com.tokaify.ledger.local.Programs;
import com.tokaify.ledger.local.StopSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a service is started from: its jar, or, where an earlier run has prepared it, the jar
 * unpacked and a cache of its classes, loaded and linked as they were in a training run (JEP 514).
 * The JVM itself finds out whether a cache fits, and starts without one where it does not.
 *
 * <p>A cache lies beside the build it was made of, under the jar's time: after the next build it is
 * not found any more.
 *
 * @param caches the folder of all caches; null makes and uses none
 */
record ServiceJar(Path jar, @Nullable Path caches) {
    /** On a busy machine it gets hardly any processor. */
    private static final Duration LIMIT = Duration.ofMinutes(30);

    private static final String CACHE = "classes.aot";

    /** The JVM would tell on every start that it goes without. */
    private static final List<String> SILENT = List.of("-Xlog:aot=off", "-Xlog:cds=off");

    List<String> command(Heap heap) {
        Path folder = folder();
        if (folder == null || !Files.isRegularFile(folder.resolve(CACHE))) {
            return new JvmCommand(heap.size()).jar(jar);
        }
        List<String> options = new ArrayList<>(SILENT);
        options.add("-XX:AOTCache=" + folder.resolve(CACHE));
        return new JvmCommand(heap.size(), options).jar(unpacked(folder));
    }

    /**
     * Prepares the next start, where that was not done yet: takes about half a minute of a
     * processor, at the lowest priority.
     *
     * @param service its name, and that of what it is told
     */
    void prepare(String service, Heap heap, Map<String, String> environment, LocalFolder home)
            throws IOException, InterruptedException {
        Path folder = folder();
        if (folder == null || Files.isRegularFile(folder.resolve(CACHE))) {
            return;
        }
        Files.createDirectories(folder);
        String name = service + "-training";
        run(
                name,
                new JvmCommand(heap.size(), List.of("-Djarmode=tools"))
                        .jar(jar, "extract", "--force", "--destination", folder.toString()),
                environment,
                home);
        Path made = folder.resolve(CACHE + ".new");
        // Ends once everything is wired and nothing has begun: no port is opened, no event read.
        run(
                name,
                new JvmCommand(
                                heap.size(),
                                List.of(
                                        "-XX:AOTCacheOutput=" + made,
                                        "-Dspring.context.exit=onRefresh"))
                        .jar(unpacked(folder)),
                apart(environment),
                home);
        Files.move(made, folder.resolve(CACHE));
    }

    /**
     * Nothing of a training run may meet what runs meanwhile: it finds no Kafka, has no folders of
     * an instance, and listens where nobody does.
     */
    private static Map<String, String> apart(Map<String, String> environment) {
        Map<String, String> apart = new HashMap<>(environment);
        apart.put("LEDGER_KAFKA_BOOTSTRAP", "127.0.0.1:" + LoopbackPort.free());
        apart.put(LedgerPort.ENFORCEMENT_GRPC.variable(), Integer.toString(LoopbackPort.free()));
        apart.put("LEDGER_VIEW_SNAPSHOT_FOLDER", "");
        apart.put("LEDGER_USAGE_SPOOL_FOLDER", "");
        return apart;
    }

    private static void run(
            String name, List<String> command, Map<String, String> environment, LocalFolder home)
            throws IOException, InterruptedException {
        List<String> humbly = new ArrayList<>();
        if (Programs.onPath("nice").isPresent()) {
            humbly.addAll(List.of("nice", "-n", "19"));
        }
        humbly.addAll(command);
        ManagedProcess.start(
                        new ManagedProcess.Launch(name, humbly, environment, StopSignal.TERMINATE),
                        home)
                .awaitSuccess(LIMIT);
    }

    private @Nullable Path folder() {
        if (caches == null) {
            return null;
        }
        return caches.resolve(jar.getFileName() + "-" + jar.toFile().lastModified());
    }

    /** As the jar's own tool lays it out: a small jar that names the others in lib/. */
    private Path unpacked(Path folder) {
        return folder.resolve(String.valueOf(jar.getFileName()));
    }
}
