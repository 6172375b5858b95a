package com.tokaify.ledger.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tokaify.ledger.local.LoopbackPort;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {
    /** What the README promises where nothing is set. */
    @ParameterizedTest
    @CsvSource({
        "POSTGRES, 127.0.0.1:5433",
        "KAFKA, 127.0.0.1:9092",
        "COMMAND, 127.0.0.1:8081",
        "QUERY, 127.0.0.1:8082",
        "ENFORCEMENT, 127.0.0.1:8083",
        "ENFORCEMENT_GRPC, 127.0.0.1:9083",
        "CONSOLE, 127.0.0.1:8080"
    })
    void defaultsAreTheDocumentedOnesOnLoopback(LedgerPort port, String address) {
        assertThat(Addresses.from(Map.of()).hostAndPort(port)).isEqualTo(address);
    }

    /** Every port is moved by its own variable, and the children are told. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "LEDGER_POSTGRES_PORT",
                "LEDGER_KAFKA_PORT",
                "LEDGER_COMMAND_PORT",
                "LEDGER_QUERY_PORT",
                "LEDGER_ENFORCEMENT_PORT",
                "LEDGER_ENFORCEMENT_GRPC_PORT",
                "LEDGER_CONSOLE_PORT"
            })
    void everyPortIsMovedByItsVariable(String variable) {
        Map<String, String> told =
                new HashMap<>(Addresses.from(Map.of(variable, "12345")).environment());
        assertThat(told).containsEntry(variable, "12345");
        assertThat(told.values()).containsOnlyOnce("12345");
    }

    /** The services follow the bind address; PostgreSQL and Kafka never leave loopback. */
    @Test
    void onlyServicesFollowTheBindAddress() {
        Addresses addresses = Addresses.from(Map.of("LEDGER_BIND_ADDRESS", "::1"));
        assertThat(addresses.hostAndPort(LedgerPort.COMMAND)).isEqualTo("[0:0:0:0:0:0:0:1]:8081");
        assertThat(addresses.hostAndPort(LedgerPort.POSTGRES)).isEqualTo("127.0.0.1:5433");
        assertThat(addresses.hostAndPort(LedgerPort.KAFKA)).isEqualTo("127.0.0.1:9092");
    }

    /** Bound to everything, they are asked on loopback. */
    @Test
    void anyAddressIsReachedOnLoopback() {
        Addresses addresses = Addresses.from(Map.of("LEDGER_BIND_ADDRESS", "0.0.0.0"));
        assertThat(addresses.hostAndPort(LedgerPort.QUERY)).isEqualTo("127.0.0.1:8082");
        assertThat(addresses.environment()).containsEntry("LEDGER_BIND_ADDRESS", "0.0.0.0");
    }

    /** A value that is no port is refused with the variable's name. */
    @ParameterizedTest
    @ValueSource(strings = {"abc", "0", "65536", "-1", "999999999999", "80 80"})
    void refusesWhatIsNoPort(String value) {
        assertThatThrownBy(() -> Addresses.from(Map.of("LEDGER_QUERY_PORT", value)))
                .isInstanceOf(Refusal.class)
                .hasMessage(
                        "LEDGER_QUERY_PORT must be a port from 1 to 65535, not '" + value + "'");
    }

    /** An address of another machine, or none at all, is not mistaken for a taken port. */
    @ParameterizedTest
    @ValueSource(strings = {"203.0.113.7", "no address"})
    void refusesToBindToWhatIsNotHere(String value) {
        assertThatThrownBy(() -> Addresses.from(Map.of("LEDGER_BIND_ADDRESS", value)))
                .isInstanceOf(Refusal.class)
                .hasMessage("LEDGER_BIND_ADDRESS is no address of this machine: '" + value + "'");
    }

    /** Two listeners on one port are found before anything starts. */
    @Test
    void refusesOnePortForTwo() {
        assertThatThrownBy(() -> Addresses.from(Map.of("LEDGER_QUERY_PORT", "8081")))
                .isInstanceOf(Refusal.class)
                .hasMessage("LEDGER_COMMAND_PORT and LEDGER_QUERY_PORT are both 8081");
    }

    /** A port somebody listens on gives one line with the port, its use and its variable. */
    @Test
    void aTakenPortIsNamedWithItsVariable() throws Exception {
        Map<String, String> environment = new HashMap<>();
        UpProcess.freePorts()
                .forEach((port, number) -> environment.put(port.variable(), number.toString()));
        Addresses.from(environment).requireFree();
        int taken = LoopbackPort.free();
        environment.put("LEDGER_COMMAND_PORT", Integer.toString(taken));

        try (ServerSocket listener = new ServerSocket(taken, 1, InetAddress.getLoopbackAddress())) {
            assertThat(listener.isBound()).isTrue();
            assertThatThrownBy(() -> Addresses.from(environment).requireFree())
                    .isInstanceOf(Refusal.class)
                    .hasMessage(
                            "port "
                                    + taken
                                    + " for command-service is taken (choose another with"
                                    + " LEDGER_COMMAND_PORT)");
        }
    }
}
