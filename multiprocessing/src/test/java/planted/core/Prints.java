package planted.core;

/** Prints to both standard streams. */
public class Prints {
    void prints() {
        System.out.println("out");
        System.err.println("err");
    }
}
