package dev.countermark.fuzzing;

import java.util.Arrays;

/** A fuzzer's bytes, taken from the front, so that seeds can be written and read by hand. */
final class Input {

    private final byte[] data;
    private int at;

    Input(byte[] data) {
        this.data = data;
    }

    /** One of {@code n}, by one byte; in a seed the digit 0 is the first. */
    int choice(int n) {
        return at < data.length ? Math.floorMod(data[at++] - '0', n) : 0;
    }

    boolean isEmpty() {
        return at >= data.length;
    }

    /** Up to the next line feed, or all that is left. */
    byte[] line() {
        int from = at;
        while (at < data.length && data[at] != '\n') {
            at++;
        }
        var line = Arrays.copyOfRange(data, from, at);
        at = Math.min(at + 1, data.length);
        return line;
    }

    byte[] rest() {
        var rest = Arrays.copyOfRange(data, at, data.length);
        at = data.length;
        return rest;
    }

    /** The text with edits made to it: each names a place, what to do there, and a byte to do it with. */
    byte[] edited(byte[] text) {
        var edited = text.clone();
        while (data.length - at >= 3 && edited.length > 0) {
            int place = Math.floorMod((data[at] & 0xff) * 257 + (data[at + 1] & 0xff), edited.length);
            byte with = data[at + 2];
            edited = switch (data[at + 1] & 3) {
                case 0 -> replaced(edited, place, with);
                case 1 -> inserted(edited, place, with);
                case 2 -> Wire.join(Arrays.copyOf(edited, place), Arrays.copyOfRange(edited, place + 1, edited.length));
                default -> replaced(edited, edited.length - 1 - place, with);
            };
            at += 3;
        }
        return edited;
    }

    private static byte[] replaced(byte[] text, int place, byte with) {
        var edited = text.clone();
        edited[place] = with;
        return edited;
    }

    private static byte[] inserted(byte[] text, int place, byte with) {
        return Wire.join(Arrays.copyOf(text, place), new byte[] {with}, Arrays.copyOfRange(text, place, text.length));
    }
}
