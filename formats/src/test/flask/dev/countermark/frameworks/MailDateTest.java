package dev.countermark.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every row is what werkzeug 2.2.2 on CPython 3.11 makes of the text. */
class MailDateTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Sun, 03 Feb 2013 04:05:06 GMT | 2013-02-03T04:05:06Z",
                "Sunday, 03-Feb-13 04:05:06 GMT | 2013-02-03T04:05:06Z",
                "Sun Feb  3 04:05:06 2013 | 2013-02-03T04:05:06Z",
                "3 Feb 2013 04:05 EST | 2013-02-03T09:05:00Z",
                "3 february 2013 4.5.6 -0800 | 2013-02-03T12:05:06Z",
                "Feb 3, 2013, 04:05 | 2013-02-03T04:05:00Z",
                "Sun,3 Feb 2013 04:05:06-0000 | 2013-02-03T04:05:06Z",
                "3 Feb GMT 04:05 2013 | 2013-02-03T04:05:00Z",
                "3 Feb 69 00:00 +2359 | 1969-02-02T00:01:00Z",
                "1 may 0 0:0 UT | 2000-05-01T00:00:00Z",
                "1 Jan 68 00:00 GMT | 2068-01-01T00:00:00Z",
                "3 Feb 100 04:05 GMT | 0100-02-03T04:05:00Z",
                "3 Feb GMT 04:05 -1999 | 0001-02-03T04:05:00Z",
                "31 December 9999 23:59:59 GMT | 9999-12-31T23:59:59Z",
                "3 Feb 2013 +4:05 | 2013-02-03T04:05:00Z",
                "3 Feb :x 04:05 2013 | 2013-02-03T04:05:00Z",
                "3-Feb-13 04:05 GMT | 2013-02-03T04:05:00Z",
                "3 Feb 2013 04:05 GMT a b c d e | 2013-02-03T04:05:00Z"
            })
    void the_forms_of_mail_are_read(String text, String instant) {
        assertThat(MailDate.parseOrNull(text))
                .isNotNull()
                .satisfies(date -> assertThat(date.toInstant()).isEqualTo(Instant.parse(instant)));
    }

    /** As far as Java knows such offsets. */
    @ParameterizedTest
    @CsvSource({
        "+1800, 2013-02-03T04:05:06+18:00",
        "-1800, 2013-02-03T04:05:06-18:00",
        "+1801, 2013-02-02T10:04:06Z",
        "-0930, 2013-02-03T04:05:06-09:30",
        "-0001, 2013-02-03T04:05:06-00:01"
    })
    void the_offset_stays_as_it_was_written(String offset, String date) {
        assertThat(MailDate.parseOrNull("3 Feb 2013 04:05:06 " + offset)).hasToString(date);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "2013-02-03",
                "31 Feb 2013 04:05 GMT",
                "3 Feb 2013 24:00 GMT",
                "3 Feb 2013 04:05:06 +2400",
                "3 Feb 10000 04:05 GMT",
                "3 Xxx 2013 04:05 GMT",
                "3 Feb 2013 04:05:06:07 GMT",
                "3 Feb 2013 4.5.6.7 GMT",
                "3 Feb 2013 :4:05 GMT",
                "3 Feb 2013 +4:05-0800",
                "3 Feb 2013 04:05 +119304600",
                "3 Feb 4:05 +2013",
                "3 Feb GMT 04:05 -2000",
                "-3-Feb 04:05 GMT",
                "3-Feb-13-x 04:05 GMT"
            })
    void what_is_no_date_is_null(String text) {
        assertThat(MailDate.parseOrNull(text)).isNull();
    }
}
