package com.tokaify.ledger.standalone;

import com.tokaify.ledger.local.LoopbackPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where everything listens, from the environment: services on the bind address, PostgreSQL and
 * Kafka on loopback whatever it says, since they speak without TLS here.
 */
record Addresses(InetAddress bind, Map<LedgerPort, Integer> ports) {
    private static final String BIND_VARIABLE = "LEDGER_BIND_ADDRESS";
    private static final String LOOPBACK = "127.0.0.1";
    private static final int PORT_MAX = 65_535;

    Addresses {
        ports = Map.copyOf(ports);
    }

    /**
     * @throws Refusal naming the variable whose value cannot be used
     */
    static Addresses from(Map<String, String> environment) {
        Map<LedgerPort, Integer> ports = new EnumMap<>(LedgerPort.class);
        Map<Integer, LedgerPort> byNumber = new LinkedHashMap<>();
        for (LedgerPort port : LedgerPort.values()) {
            int number = number(port, environment);
            LedgerPort other = byNumber.putIfAbsent(number, port);
            if (other != null) {
                throw new Refusal(
                        other.variable() + " and " + port.variable() + " are both " + number);
            }
            ports.put(port, number);
        }
        return new Addresses(bind(environment), ports);
    }

    private static int number(LedgerPort port, Map<String, String> environment) {
        String value = environment.get(port.variable());
        if (value == null || value.isBlank()) {
            return port.defaultNumber();
        }
        if (value.matches("[0-9]{1,5}")) {
            int number = Integer.parseInt(value);
            if (number > 0 && number <= PORT_MAX) {
                return number;
            }
        }
        throw new Refusal(
                port.variable()
                        + " must be a port from 1 to "
                        + PORT_MAX
                        + ", not '"
                        + value
                        + "'");
    }

    private static InetAddress bind(Map<String, String> environment) {
        String value = environment.getOrDefault(BIND_VARIABLE, LOOPBACK);
        try {
            InetAddress address = InetAddress.getByName(value);
            if (address.isAnyLocalAddress() || NetworkInterface.getByInetAddress(address) != null) {
                return address;
            }
        } catch (IOException e) {
            // Not even an address: the same answer.
        }
        throw new Refusal(BIND_VARIABLE + " is no address of this machine: '" + value + "'");
    }

    int port(LedgerPort port) {
        return ports.getOrDefault(port, port.defaultNumber());
    }

    String hostAndPort(LedgerPort port) {
        return switch (port) {
            case POSTGRES, KAFKA -> LOOPBACK + ":" + port(port);
            case COMMAND, QUERY, ENFORCEMENT, ENFORCEMENT_GRPC, CONSOLE -> {
                String host = bind.isAnyLocalAddress() ? LOOPBACK : bind.getHostAddress();
                yield (host.contains(":") ? "[" + host + "]" : host) + ":" + port(port);
            }
        };
    }

    /** Where a service or the console is asked. */
    String url(LedgerPort port) {
        return "http://" + hostAndPort(port);
    }

    /** How a child process is told where everything is. */
    Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put(BIND_VARIABLE, bind.getHostAddress());
        environment.put("LEDGER_KAFKA_BOOTSTRAP", hostAndPort(LedgerPort.KAFKA));
        ports.forEach((port, number) -> environment.put(port.variable(), number.toString()));
        return environment;
    }

    /**
     * @throws Refusal naming every port somebody else listens on, and its variable
     */
    void requireFree() {
        List<String> taken = new ArrayList<>();
        for (LedgerPort port : LedgerPort.values()) {
            InetAddress address =
                    switch (port) {
                        case POSTGRES, KAFKA -> InetAddress.getLoopbackAddress();
                        case COMMAND, QUERY, ENFORCEMENT, ENFORCEMENT_GRPC, CONSOLE -> bind;
                    };
            if (!LoopbackPort.isFree(address, port(port))) {
                taken.add(
                        "port "
                                + port(port)
                                + " for "
                                + port.listener()
                                + " is taken (choose another with "
                                + port.variable()
                                + ")");
            }
        }
        if (!taken.isEmpty()) {
            throw new Refusal(String.join(", ", taken));
        }
    }
}
