package dev.countermark.examples.restauth;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.UserDetailsManager;
import org.springframework.web.bind.annotation.*;

/** {@code /api/users}: registers users, whose passwords are kept as hashes. */
@RestController
class Users {

    private final UserDetailsManager users;
    private final PasswordEncoder passwords = PasswordEncoderFactories.createDelegatingPasswordEncoder();

    Users(UserDetailsManager users) {
        this.users = users;
    }

    record Registration(@Nullable String username, @Nullable String password) {}

    @PostMapping("/api/users")
    ResponseEntity<Map<String, String>> register(@RequestBody Registration asked) {
        var name = asked.username();
        var password = asked.password();
        if (name == null || password == null || !name.matches("[A-Za-z0-9._-]{1,64}") || users.userExists(name)) {
            return ResponseEntity.badRequest().build();
        }
        users.createUser(
                User.withUsername(name).password(passwords.encode(password)).build());
        return ResponseEntity.created(URI.create("/api/users/" + name)).body(Map.of("username", name));
    }

    @GetMapping("/api/users/{name}")
    ResponseEntity<Map<String, String>> user(@PathVariable String name) {
        return users.userExists(name)
                ? ResponseEntity.ok(Map.of("username", name))
                : ResponseEntity.badRequest().build();
    }
}
