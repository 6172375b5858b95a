package com.tokaify.ledger.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ManagedProcessTest {
    private static final Duration GRACE = Duration.ofSeconds(60);

    @TempDir private Path temporary;

    private LocalFolder folder;

    @BeforeEach
    void makeFolder() throws Exception {
        folder = LocalFolder.at(temporary.resolve("ledger"));
    }

    private ManagedProcess shell(StopSignal signal, String script) throws Exception {
        return ManagedProcess.start(
                new ManagedProcess.Launch(
                        "shell", List.of("sh", "-c", script), Map.of("GREETING", "hello"), signal),
                folder);
    }

    private ManagedProcess ready(StopSignal signal, String script) throws Exception {
        ManagedProcess process =
                shell(signal, script + "; echo ready; while :; do sleep 0.05; done");
        process.awaitReady(GRACE, () -> logged(process).contains("ready"));
        return process;
    }

    private static List<String> logged(ManagedProcess process) {
        try {
            return process.logTail(10);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Each program is stopped by the signal it understands. */
    @ParameterizedTest
    @EnumSource
    void stopsByTheSignalOfTheProgram(StopSignal signal) throws Exception {
        String name = signal == StopSignal.INTERRUPT ? "INT" : "TERM";
        ManagedProcess process = ready(signal, "trap 'echo got " + name + "; exit 0' " + name);

        assertThat(process.stop(GRACE)).isTrue();

        assertThat(process.logTail(1)).containsExactly("got " + name);
        assertThat(process.awaitExit()).isZero();
        assertThat(folder.processRecord("shell")).doesNotExist();
    }

    /** A program that does not listen is killed when the grace has passed. */
    @Test
    void killsWhatDoesNotStop() throws Exception {
        ManagedProcess process = ready(StopSignal.TERMINATE, "trap '' TERM");
        assertThat(process.stop(Duration.ofMillis(200))).isFalse();
        assertThat(process.isAlive()).isFalse();
    }

    /** A child left by a killed supervisor is recognised by its record and stopped. */
    @Test
    void stopsAnOrphan() throws Exception {
        ManagedProcess orphan = ready(StopSignal.INTERRUPT, "trap 'exit 0' INT");

        assertThat(Orphans.stop(folder, GRACE)).containsExactly("shell");

        assertThat(orphan.awaitExit()).isZero();
        assertThat(Orphans.stop(folder, GRACE)).isEmpty();
    }

    /** A process that has the recorded number but started at another time is somebody else's. */
    @Test
    void leavesAProcessThatOnlyHasTheNumberAlone() throws Exception {
        ManagedProcess other = ready(StopSignal.TERMINATE, ":");
        Instant startedAt =
                ProcessHandle.of(other.pid()).orElseThrow().info().startInstant().orElseThrow();
        new ProcessRecord(other.pid(), startedAt.minusSeconds(3), StopSignal.TERMINATE)
                .write(folder.processRecord("shell"));

        assertThat(Orphans.stop(folder, GRACE)).isEmpty();

        assertThat(other.isAlive()).isTrue();
        other.kill();
    }

    /** A supervisor killed while it wrote a record does not stop the next one from starting. */
    @Test
    void ignoresAHalfWrittenRecord() throws Exception {
        Files.writeString(folder.processRecord("shell"), "123");
        assertThat(Orphans.stop(folder, GRACE)).isEmpty();
        assertThat(folder.processRecord("shell")).doesNotExist();
    }

    /** A child that ends before it is ready fails with its exit code and its own last lines. */
    @Test
    void tellsTheLastLinesOfWhatFailed() throws Exception {
        shell(StopSignal.TERMINATE, "echo of an earlier run").awaitExit();
        ManagedProcess process = shell(StopSignal.TERMINATE, "echo $GREETING; exit 3");
        assertThatThrownBy(() -> process.awaitReady(GRACE, () -> false))
                .isInstanceOfSatisfying(
                        StartFailure.class,
                        failure -> {
                            assertThat(failure.line())
                                    .isEqualTo(
                                            "shell ended with exit code 3; its log is "
                                                    + folder.log("shell"));
                            assertThat(failure.logTail()).containsExactly("hello");
                        });
    }

    /** A child that never gets ready is not left running. */
    @Test
    void stopsWhatNeverGetsReady() throws Exception {
        ManagedProcess process = ready(StopSignal.TERMINATE, ":");
        assertThatThrownBy(() -> process.awaitReady(Duration.ofMillis(100), () -> false))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("was not ready within");
        assertThat(process.isAlive()).isFalse();
    }

    /** Logs are appended to, but a long one is put aside, and only one of those is kept. */
    @Test
    void putsALongLogAside() throws Exception {
        Files.write(folder.log("shell"), new byte[16 << 20]);
        shell(StopSignal.TERMINATE, "echo short").awaitExit();
        assertThat(folder.log("shell")).hasContent("short");
        assertThat(folder.logs().resolve("shell.log.1")).hasSize(16 << 20);
    }
}
