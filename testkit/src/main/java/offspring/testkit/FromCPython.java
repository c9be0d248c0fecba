package offspring.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says that a test of ours checks what these cases of CPython's own test suite check. The build writes {@code
 * docs/conformance.md} from it.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface FromCPython {

    /** The cases, each as {@code file.Class.method}: {@code "test_queue.BaseQueueTest.test_shrinking"}. */
    String[] value();
}
