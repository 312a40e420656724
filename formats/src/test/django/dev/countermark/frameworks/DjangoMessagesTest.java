package dev.countermark.frameworks;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.Keyring;
import dev.countermark.Reason;
import dev.countermark.Rejected;
import dev.countermark.SigningKey;
import dev.countermark.frameworks.DjangoMessages.Message;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cookies here were written by Django. */
class DjangoMessagesTest {

    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_700_000_000), ZoneOffset.UTC);

    private static DjangoMessages messages(String secret, long now) {
        return DjangoMessages.of(Keyring.of(SigningKey.weakText(secret)))
                .clock(Clock.fixed(Instant.ofEpochSecond(now), ZoneOffset.UTC));
    }

    /** A cookie that holds this JSON, signed as one. */
    private static String cookie(String json) {
        var keys = Keyring.of(SigningKey.weakText("django.http.cookiesa key"));
        var body = StrictBase64.encode(json.getBytes(US_ASCII), true);
        return DjangoTimestampSigner.of(keys)
                .salt("django.contrib.messages")
                .clock(CLOCK)
                .write(body);
    }

    @Test
    void a_message_without_tags_is_that_of_django_3_2_25() {
        var messages = messages("BXwqYNIYXtiKC5Q5mgL3x*^t", 1_363_006_275);
        var cookie = "W1siX19qc29uX21lc3NhZ2UiLDAsNDAsIlx1MDBlOSA8Yj4iXV0:1UF2CB:"
                + "4rayiaF1TzgPD-_XEfQryb5H-dMY3ofm74gk4BfjEg0";
        var message = new Message(40, "\u00e9 <b>", false, null);
        assertThat(messages.write(List.of(message))).isEqualTo(cookie);
        assertThat(messages.read(cookie)).containsExactly(message);
    }

    @Test
    void messages_with_tags_are_those_of_django_5_2_17() {
        var messages = messages("g6Zs)S29dLSh", 1_702_640_873);
        var cookie = "W1siX19qc29uX21lc3NhZ2UiLDEsNDAsIjxiPng8L2I-IiwiYSBiIl1d:1rE6fZ:"
                + "VRbqFSJJNOSw9p7lHPXWPsOE9VOxf2BR_zdFEiZXkd4";
        var message = new Message(40, "<b>x</b>", true, "a b");
        assertThat(messages.write(List.of(message))).isEqualTo(cookie);
        assertThat(messages.read(cookie)).containsExactly(message);

        var several = messages("oktENV^)2MYp!FMM5Db++wiX", 1_467_241_296);
        var compressed =
                ".eJyLjlaKj88qzs-Lz00tLk5MT1XSMdQxMdBRskmyq7DRT7JT0lFSitXBVGWgYwxUFVNqYJBqqWADVRcLANCDFxc:1bIOUC:"
                        + "jT_zV5DrT3hLJmeHxX6wHu8cOegW-hpcQ9wDiT3dyOg";
        var list = List.of(new Message(40, "<b>x</b>", true, ""), new Message(30, "\u00e9 <b>", false, ""));
        assertThat(several.write(list)).isEqualTo(compressed);
        assertThat(several.read(compressed)).isEqualTo(list);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[[\"__json_message\",0,20]]",
                "[[\"__json_message\",0,20,\"hi\",\"a\",\"b\"]]",
                "[[\"__json\",0,20,\"hi\"]]",
                "[[]]",
                "{}"
            })
    void what_is_no_message_is_refused(String json) {
        assertThat(messages("a key", 1_700_000_000).check(cookie(json)))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.reason()).isEqualTo(Reason.PAYLOAD_MALFORMED));
    }

    @Test
    void lax_json_is_read_only_when_lenient() {
        var cookie = cookie("[[\"__json_message\",0,20,\"hi\"],NaN]");
        var messages = messages("a key", 1_700_000_000);
        assertThat(messages.check(cookie)).isInstanceOf(Rejected.class);
        assertThat(messages.lenient().read(cookie)).containsExactly(new Message(20, "hi", false, null));
    }
}
