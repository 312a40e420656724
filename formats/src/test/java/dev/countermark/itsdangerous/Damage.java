package dev.countermark.itsdangerous;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;

/** What happens to tokens on their way, or is done to them: one to three changes. */
final class Damage {

    private static final byte[] CHARACTERS = "..==AZaz09-_+/ \n%{}[]\":,\\eE".getBytes(US_ASCII);

    private Damage() {}

    static byte[] of(byte[] token, Random random) {
        var text = token;
        for (int changes = random.nextInt(3); changes >= 0 && text.length > 0; changes--) {
            int at = random.nextBoolean()
                    ? random.nextInt(text.length)
                    : text.length - 1 - random.nextInt(Math.min(30, text.length));
            text = switch (random.nextInt(9)) {
                case 0 -> replaced(text, at, CHARACTERS[random.nextInt(CHARACTERS.length)]);
                case 1 -> replaced(text, at, (byte) (text[at] ^ 1 << random.nextInt(8)));
                // Four characters outside the alphabet, which keep the length modulo four.
                case 2 ->
                    joined(
                            Arrays.copyOf(text, at),
                            "!!!!".getBytes(US_ASCII),
                            Arrays.copyOfRange(text, at, text.length));
                case 3 ->
                    joined(
                            Arrays.copyOf(text, at),
                            new byte[] {CHARACTERS[random.nextInt(CHARACTERS.length)]},
                            Arrays.copyOfRange(text, at, text.length));
                case 4 -> joined(Arrays.copyOf(text, at), Arrays.copyOfRange(text, at + 1, text.length));
                case 5 -> Arrays.copyOf(text, at);
                case 6 -> joined(text, "====".substring(random.nextInt(4)).getBytes(US_ASCII));
                case 7 ->
                    new String(text, java.nio.charset.StandardCharsets.ISO_8859_1)
                            .replace('-', '+')
                            .replace('_', '/')
                            .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
                // The last character of a base64 text has bits that count for nothing.
                default -> replaced(text, text.length - 1, (byte) (text[text.length - 1] + 1));
            };
        }
        return text;
    }

    private static byte[] replaced(byte[] text, int at, byte with) {
        var changed = text.clone();
        changed[at] = with;
        return changed;
    }

    private static byte[] joined(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (var part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
