package offspring.examples.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "tab\there", "line\nfeed\r\n", "back\\\\slash \\t \\\\n \\", "привет 🙂"})
    void shouldComeBackAsItWas(String text) throws IOException {
        Message message = Message.say("anna", "boris", text);

        assertThat(message.encode()).doesNotContain("\n", "\r");
        assertThat(Message.decode(message.encode())).isEqualTo(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GET / HTTP/1.1", "SAY\ta\tb", "SHOUT\ta\tb\tc", "SAY\ta\tb\tc\td"})
    void shouldRefuseWhatIsNoMessage(String line) {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> Message.decode(line))
                .withMessageStartingWith("no message");
    }

    @Test
    void shouldHaveRoomForTheLongestText() {
        String longest = "\\".repeat(Message.LONGEST_TEXT);

        assertThat(Message.say("a".repeat(20), "b".repeat(20), longest).encode())
                .hasSizeLessThan(Message.LONGEST_LINE);
    }

    @Test
    void shouldKnowNamesFromTexts() {
        assertThat(Message.isName("anna-2_б")).isTrue();
        assertThat(Message.isName("")).isFalse();
        assertThat(Message.isName("a b")).isFalse();
        assertThat(Message.isName("a\tb")).isFalse();
        assertThat(Message.isName("a".repeat(21))).isFalse();
    }
}
