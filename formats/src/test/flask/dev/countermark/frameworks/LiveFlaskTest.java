package dev.countermark.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.Keyring;
import dev.countermark.Rejected;
import dev.countermark.SigningKey;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Flask application, when Debian's packages are installed. */
class LiveFlaskTest {

    private static final String SECRET = "a secret that both know, é";

    private static final String SESSION = """
            import datetime, http.cookies, sys, uuid
            from flask import Flask, session
            from markupsafe import Markup
            app = Flask(__name__)
            app.secret_key = 'a secret that both know, é'

            @app.route('/set')
            def set():
                session.update(user='zoë', n=2**70, pair=(1, (2.5, None)), raw=b'\\x00\\xff', html=Markup('<b>'),
                    id=uuid.UUID('12345678123456781234567812345678'),
                    when=datetime.datetime(2013, 2, 3, 4, 5, 6), tag={' t': [1]}, long='x' * 500)
                return ''

            @app.route('/get')
            def get():
                return repr(sorted(session.items()))

            client = app.test_client(use_cookies=False)
            if len(sys.argv) > 1:
                print(client.get('/get', headers={'Cookie': 'session=' + sys.argv[1]}).get_data(as_text=True))
            else:
                cookie = http.cookies.SimpleCookie(client.get('/set').headers['Set-Cookie'])
                print(cookie['session'].value)
            """;

    @TempDir
    Path folder;

    @Test
    void a_session_goes_to_java_and_back() throws Exception {
        var flask = LivePython.of(folder, "python3-flask", "flask", SESSION);
        var sessions = FlaskSession.of(Keyring.of(SigningKey.weakText(SECRET)));
        var session = new LinkedHashMap<>(sessions.read(flask.run()));
        assertThat((byte[]) session.remove("raw")).containsExactly(0, -1);
        assertThat(session)
                .containsEntry("user", "zoë")
                .containsEntry("n", BigInteger.TWO.pow(70))
                .containsEntry("pair", FlaskSession.Tuple.of(1, FlaskSession.Tuple.of(2.5, null)))
                .containsEntry("html", new FlaskSession.Markup("<b>"))
                .containsEntry("id", UUID.fromString("12345678-1234-5678-1234-567812345678"))
                .containsEntry("when", OffsetDateTime.of(2013, 2, 3, 4, 5, 6, 0, ZoneOffset.UTC))
                .containsEntry("long", "x".repeat(500));

        session.remove("long");
        session.put("user", "łukasz");
        session.put("raw", new byte[] {1});
        session.put("added", List.of(FlaskSession.Tuple.of("a"), true));
        assertThat(flask.run(sessions.write(session)))
                .isEqualTo("[('added', [('a',), True]), ('html', Markup('<b>')),"
                        + " ('id', UUID('12345678-1234-5678-1234-567812345678')), ('n', 1180591620717411303424),"
                        + " ('pair', (1, (2.5, None))), ('raw', b'\\x01'), ('tag', {' t': [1]}), ('user', 'łukasz'),"
                        + " ('when', datetime.datetime(2013, 2, 3, 4, 5, 6, tzinfo=datetime.timezone.utc))]");
    }

    @Test
    void flask_takes_no_session_of_another_key() throws Exception {
        var flask = LivePython.of(folder, "python3-flask", "flask", SESSION);
        var others = FlaskSession.of(Keyring.of(SigningKey.weakText("another")));
        assertThat(flask.run(others.write(new LinkedHashMap<>(Map.of("user", "mallory")))))
                .isEqualTo("[]");
        assertThat(others.check(flask.run())).isInstanceOf(Rejected.class);
    }

    @Test
    void a_remember_cookie_goes_both_ways() throws Exception {
        var login = LivePython.of(folder, "python3-flask-login", "flask_login", """
                import sys
                from flask import Flask
                from flask_login.utils import decode_cookie, encode_cookie
                app = Flask(__name__)
                app.secret_key = 'a secret that both know, é'
                with app.app_context():
                    print(decode_cookie(sys.argv[1]) if len(sys.argv) > 1 else encode_cookie('42|é'))
                """);
        var cookies = FlaskLogin.of(Keyring.of(FlaskLogin.key(SECRET)));
        assertThat(cookies.read(login.run())).isEqualTo("42|é");
        assertThat(login.run(cookies.write("łukasz"))).isEqualTo("łukasz");
        assertThat(login.run(cookies.write("łukasz").replace("ł", "l"))).isEqualTo("None");
    }

    @Test
    void a_form_token_goes_both_ways() throws Exception {
        var forms = LivePython.of(folder, "python3-flaskext.wtf", "flask_wtf", """
                import sys
                from flask import Flask, session
                from flask_wtf.csrf import generate_csrf, validate_csrf
                app = Flask(__name__)
                app.secret_key = 'a secret that both know, é'
                with app.test_request_context():
                    if len(sys.argv) > 1:
                        session['csrf_token'] = sys.argv[2]
                        validate_csrf(sys.argv[1])
                        print('valid')
                    else:
                        token = generate_csrf()
                        print(session['csrf_token'] + ' ' + token)
                """);
        var tokens = FlaskCsrf.of(Keyring.of(SigningKey.weakText(SECRET)));
        var printed = forms.run();
        int space = printed.indexOf(' ');
        var sessionToken = printed.substring(0, space);
        assertThat(tokens.read(printed.substring(space + 1), sessionToken)).isEqualTo(sessionToken);
        assertThat(forms.run(tokens.write(sessionToken), sessionToken)).isEqualTo("valid");
    }

    @Test
    void a_session_of_starlette_goes_both_ways() throws Exception {
        var starlette =
                LivePython.of(folder, "python3-starlette python3-itsdangerous", "starlette.middleware.sessions", """
                import asyncio, http.cookies, sys
                from starlette.applications import Starlette
                from starlette.middleware import Middleware
                from starlette.middleware.sessions import SessionMiddleware
                from starlette.responses import JSONResponse
                from starlette.routing import Route

                async def page(request):
                    answer = dict(request.session)
                    request.session['user'] = 'zoë'
                    return JSONResponse(answer)

                app = Starlette(routes=[Route('/', page)],
                    middleware=[Middleware(SessionMiddleware, secret_key='a secret that both know, é')])

                async def get(headers):
                    sent = []
                    async def receive():
                        return {'type': 'http.request', 'body': b'', 'more_body': False}
                    async def send(message):
                        sent.append(message)
                    await app({'type': 'http', 'asgi': {'version': '3.0'}, 'http_version': '1.1', 'method': 'GET',
                        'scheme': 'http', 'path': '/', 'raw_path': b'/', 'root_path': '', 'query_string': b'',
                        'headers': headers, 'server': ('test', 80), 'client': ('test', 1)}, receive, send)
                    return sent

                if len(sys.argv) > 1:
                    sent = asyncio.run(get([(b'cookie', b'session=' + sys.argv[1].encode())]))
                    print(sent[1]['body'].decode())
                else:
                    sent = asyncio.run(get([]))
                    cookie = dict(sent[0]['headers'])[b'set-cookie'].decode()
                    print(http.cookies.SimpleCookie(cookie)['session'].value)
                """);
        var sessions = StarletteSession.of(Keyring.of(SigningKey.weakText(SECRET)));
        var session = sessions.read(starlette.run()).asObject();
        assertThat(session.path("user").stringValue()).isEqualTo("zoë");
        session.put("user", "łukasz").putArray("roles").add("admin");
        assertThat(starlette.run(sessions.write(session))).isEqualTo("{\"user\":\"łukasz\",\"roles\":[\"admin\"]}");
    }
}
