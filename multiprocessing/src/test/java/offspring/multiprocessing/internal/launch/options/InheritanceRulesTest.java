package offspring.multiprocessing.internal.launch.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms that options take; what they do is seen in real children, in InheritanceTest. */
class InheritanceRulesTest {

    @Test
    void shouldReadTheOptionsOfAJavaCommandInOnePieceEach() {
        assertThat(OwnOptions.joined(List.of(
                        "-ea",
                        "--add-opens",
                        "a/b=c",
                        "--add-exports=d/e=f",
                        "-cp",
                        "-ea",
                        "-p",
                        "mods",
                        "Main",
                        "-esa")))
                .containsExactly("-ea", "--add-opens=a/b=c", "--add-exports=d/e=f", "-cp", "-p");
        assertThat(OwnOptions.joined(List.of("-esa", "-jar", "app.jar", "-ea"))).containsExactly("-esa");
        assertThat(OwnOptions.joined(List.of("--source", "17", "-ea", "Main.java", "-esa")))
                .containsExactly("--source", "-ea");
        assertThat(OwnOptions.joined(List.of("-ea", "-m", "a/b", "-esa"))).containsExactly("-ea");
    }

    @ParameterizedTest
    @ValueSource(strings = {"@file", "-XX:VMOptionsFile=file", "-XX:Flags=file"})
    void shouldNotTrustACommandWhoseOptionsAreInFiles(String option) {
        assertThat(OwnOptions.joined(List.of("-ea", option, "Main"))).isNull();
        assertThat(OwnOptions.joined(List.of("-ea", "Main", option))).containsExactly("-ea");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-ea",
                "-ea:offspring...",
                "-enableassertions:a.B",
                "-da",
                "-disableassertions",
                "-esa",
                "-enablesystemassertions",
                "-dsa",
                "-disablesystemassertions",
                "--limit-modules=java.base",
                "--illegal-native-access=deny",
                "--sun-misc-unsafe-memory-access=deny",
                "-Duser.language.format=de",
                "-Duser.variant",
                "-Duser.home=/elsewhere",
                "-XX:MaxRAM=1g",
                "-XX:-UseContainerSupport"
            })
    void shouldInherit(String option) {
        assertThat(Inheritance.of(List.of(option))).containsExactly(option);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-eager",
                "-dateless",
                "-Dfile.encodings=x",
                "-Dfile.encoding.format=x",
                "-Xmx1g",
                "-XX:MaxRAMPercentage=75",
                "-Xrunhprof",
                "-Xbootclasspath:replaced",
                "--patch-module=broken"
            })
    void shouldNotInherit(String option) {
        assertThat(Inheritance.of(List.of(option))).isEmpty();
    }

    @Test
    void shouldMakePathsAbsolute() {
        String here = new File("").getAbsolutePath() + File.separator;
        assertThat(Inheritance.of(List.of("--patch-module=a.b=one" + File.pathSeparator + "/two")))
                .containsExactly("--patch-module=a.b=" + here + "one" + File.pathSeparator + "/two");
        assertThat(Inheritance.of(List.of("--upgrade-module-path=mods")))
                .containsExactly("--upgrade-module-path=" + here + "mods");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "-Da=1 -Db=2 | -Da=1 -Db=2",
                "  -Da=1   '-Db=2 3' |   -Da=1   '-Db=2 3'",
                "-agentlib:jdwp=address=*:5005 | ^^",
                "-Da='x -agentlib:jdwp=y z' | -Da='x -agentlib:jdwp=y z'",
                "\"-agent\"lib:jdwp=a -Da=\"b c\" | -Da=\"b c\"",
                "-Xdebug -Xrunjdwp:address=1 -Xmx1g | -Xmx1g",
                "-javaagent:a.jar=port=8080 -Da=1 | -Da=1",
                "-agentpath:/a/libjdwp.so=x -agentpath:/a/b.so | ^^",
                "-Dcom.sun.management.jmxremote.port=9 -Da='unended quote | -Da='unended quote"
            })
    void shouldTakeAgentsOutOfVariablesAndNothingElse(String text, String cleaned) {
        Map<String, String> environment = new HashMap<>(Map.of("JAVA_TOOL_OPTIONS", text, "OTHER", text));

        Inheritance.clean(environment);

        assertThat(environment.getOrDefault("JAVA_TOOL_OPTIONS", "")).isEqualTo(cleaned);
        assertThat(environment).containsEntry("OTHER", text);
    }

    @Test
    void shouldKnowWhetherACollectorIsChosen() {
        assertThat(Inheritance.isCollectorChosen(List.of("-XX:+UseZGC"), Map.of()))
                .isTrue();
        assertThat(Inheritance.isCollectorChosen(List.of(), Map.of("JDK_JAVA_OPTIONS", "-ea '-XX:+UseG1GC'")))
                .isTrue();
        assertThat(Inheritance.isCollectorChosen(
                        List.of("-XX:+UseAdaptiveSizePolicyWithSystemGC"), Map.of("JDK_JAVA_OPTIONS", "-ea")))
                .isFalse();
    }

    @Test
    void shouldKnowTheLettersOfAChildThatIsToldThem() {
        String property = Runtime.version().feature() < 19 ? "sun.stderr.encoding" : "stderr.encoding";

        assertThat(Inheritance.charsetOf("stderr", Map.of(property, "UTF-16BE")))
                .isEqualTo(StandardCharsets.UTF_16BE);
        assertThat(Inheritance.charsetOf(
                        "stdout", Map.of("stdout.encoding", "no such", "sun.stdout.encoding", "no such")))
                .isEqualTo(Charset.defaultCharset());
    }
}
