package com.tokaify.ledger.standalone;

import com.tokaify.ledger.local.LocalFolder;
import com.tokaify.ledger.local.LocalKafka;
import com.tokaify.ledger.local.ManagedProcess;
import java.io.IOException;

/** The Kafka broker. */
record KafkaChild(LocalFolder folder, Addresses addresses, Heap heap) implements Child {
    @Override
    public String name() {
        return "kafka";
    }

    @Override
    public String address() {
        return addresses.hostAndPort(LedgerPort.KAFKA);
    }

    @Override
    public ManagedProcess start() throws IOException, InterruptedException {
        return LocalKafka.start(folder, addresses.port(LedgerPort.KAFKA), heap.size()).process();
    }
}
