package planted.core;

/** Logs through the JDK's own logging; java.util.logging itself is out of reach, no module of ours reads it. */
public class LogsToTheJdk {
    void logs() {
        System.getLogger("planted").log(System.Logger.Level.DEBUG, "not through slf4j");
    }
}
