package dev.countermark.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.Keyring;
import dev.countermark.SigningKey;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** A real Django application, when Debian's package is installed. */
class LiveDjangoTest {

    private static final String PROJECT = """
            import json, sys
            import django
            from django.conf import settings
            settings.configure(SECRET_KEY='a secret that both know, é', ROOT_URLCONF=__name__, ALLOWED_HOSTS=['*'],
                SESSION_ENGINE='django.contrib.sessions.backends.signed_cookies', USE_TZ=True,
                MIDDLEWARE=['django.contrib.sessions.middleware.SessionMiddleware'])
            django.setup()
            from django.contrib.sessions.serializers import JSONSerializer
            from django.core import signing
            from django.http import HttpResponse, JsonResponse
            from django.test import Client
            from django.urls import path

            def set(request):
                request.session['user'] = 'zoë'
                response = HttpResponse()
                response.set_signed_cookie('cart', 'apples, 3', salt='shop')
                return response

            def get(request):
                return JsonResponse({'cart': request.get_signed_cookie('cart', salt='shop', max_age=60),
                    'session': dict(request.session)})

            urlpatterns = [path('set', set), path('get', get)]
            command, *arguments = sys.argv[1:]
            if command == 'version':
                print(django.get_version())
            elif command == 'set':
                cookies = Client().get('/set').cookies
                print(json.dumps({name: cookies[name].value for name in cookies}))
            elif command == 'get':
                client = Client()
                client.cookies['cart'], client.cookies['sessionid'] = arguments
                print(client.get('/get').content.decode())
            elif command == 'dumps':
                print(signing.dumps({'n': list(range(200))}, salt='x', compress=True))
            elif command == 'loads':
                print(json.dumps(signing.loads(arguments[0], salt='x', max_age=60)))
            else:
                from django.contrib.sessions.backends.base import SessionBase
                store = SessionBase()
                SessionBase.key_salt = property(lambda self: 'django.contrib.sessions.SessionStore')
                print(store.encode({'user': 'zoë'}) if command == 'encode' else json.dumps(store.decode(arguments[0])))
            """;

    @TempDir
    Path folder;

    private final Keyring keys = Keyring.of(SigningKey.weakText("a secret that both know, é"));
    private final JsonMapper json = JsonMapper.shared();

    private LivePython django() throws Exception {
        return LivePython.of(folder, "python3-django", "django", PROJECT);
    }

    private static DjangoRelease release(LivePython django) throws Exception {
        return DjangoRelease.of(django.run("version"));
    }

    @Test
    void a_signed_cookie_and_a_session_go_to_java_and_back() throws Exception {
        var django = django();
        var cookies = json.readTree(django.run("set"));
        var cart = DjangoCookie.of(keys, "cart").salt("shop").release(release(django));
        var sessions = DjangoSession.of(keys).release(release(django));
        var minute = Duration.ofMinutes(1);
        assertThat(cart.read(cookies.path("cart").stringValue(), minute)).isEqualTo("apples, 3");
        var session = sessions.read(cookies.path("sessionid").stringValue()).asObject();
        assertThat(session.path("user").stringValue()).isEqualTo("zoë");

        session.put("user", "łukasz");
        var answer = json.readTree(django.run("get", cart.write("pears, 4"), sessions.write(session)));
        assertThat(answer.path("cart").stringValue()).isEqualTo("pears, 4");
        assertThat(answer.path("session").path("user").stringValue()).isEqualTo("łukasz");
    }

    @Test
    void values_of_dumps_go_both_ways() throws Exception {
        var django = django();
        var values = DjangoJson.of(keys).salt("x").compressed().release(release(django));
        var value = values.read(django.run("dumps"), Duration.ofMinutes(1));
        assertThat(value.path("n").size()).isEqualTo(200);
        assertThat(json.readTree(django.run("loads", values.write(value)))).isEqualTo(value);
    }

    @Test
    void the_text_of_a_stored_session_goes_both_ways() throws Exception {
        var django = django();
        var data = DjangoSessionData.of(keys).release(release(django));
        var session = data.read(django.run("encode"));
        assertThat(session.path("user").stringValue()).isEqualTo("zoë");
        assertThat(json.readTree(django.run("decode", data.write(session)))).isEqualTo(session);
    }
}
