package dev.countermark.cli.formats;

import java.util.Map;
import java.util.Optional;

/** What Django signs, of any release: {@code django@4.2:cookie}. */
final class DjangoClasses implements TokenFormat {

    static final DjangoClasses INSTANCE = new DjangoClasses();

    private DjangoClasses() {}

    @Override
    public String usage() {
        return "django@RELEASE:CLASS";
    }

    @Override
    public String summary() {
        return "Django: " + DjangoChoice.CLASSES + "; @RELEASE can be left out";
    }

    @Override
    public boolean matches(String name) {
        return name.startsWith("django:") || name.startsWith("django@");
    }

    @Override
    public Map<String, String> options() {
        return DjangoChoice.options();
    }

    @Override
    public String sign(Settings settings, String value) {
        FrameworkKeys.requireNoExpiry(settings);
        return DjangoChoice.of(settings).write().apply(value);
    }

    @Override
    public Outcome verify(Settings settings, String token) {
        return DjangoChoice.of(settings).read().apply(token);
    }

    @Override
    public Optional<Sighting> recognise(String token) {
        return DjangoSightings.of(token);
    }
}
