package dev.countermark.server;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * What a request costs that does nothing: a handler behind the same filters as {@code /verify}, where everything is
 * permitted. Compiled and put beside the server's jar by {@code benchmarks/server.sh} only.
 */
@RestController
class EmptyHandler {

    @GetMapping("/empty")
    void empty() {}
}
