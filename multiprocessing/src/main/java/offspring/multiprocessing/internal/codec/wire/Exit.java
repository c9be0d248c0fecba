package offspring.multiprocessing.internal.codec.wire;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Where objects that have a {@link Form} leave: they ask what the message is in, which the writer does not know. */
@FunctionalInterface
public interface Exit {

    /** The parts of the object; null if nothing will travel. */
    @Nullable
    Object @Nullable [] parts(Form<?> form, Object object) throws IOException;
}
