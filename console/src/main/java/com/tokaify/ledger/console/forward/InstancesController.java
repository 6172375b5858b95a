package com.tokaify.ledger.console.forward;

import java.net.URI;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Which machine is which, for operators: others are told only how many there are. */
@RestController
class InstancesController {
    private final ServiceSettings services;

    InstancesController(ServiceSettings services) {
        this.services = services;
    }

    /**
     * @param enforcement where each is, in the order in which {@code /api/enforcement/1} counts
     */
    record Instances(List<URI> enforcement) {}

    @GetMapping("/api/instances")
    Instances instances() {
        return new Instances(services.enforcement());
    }
}
