package offspring.integration;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks the test of an environment: its row in {@code docs/guide/embedding.md} names the test. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Environment {

    /** The first column of the row. */
    String value();
}
