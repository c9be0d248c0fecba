package offspring.multiprocessing.internal.pool;

import org.jspecify.annotations.Nullable;

/**
 * Answers that belong to consecutive items of one entry, taken out of the books, so that whoever has this tells the outcomes.
 *
 * @param entry whose items; null: nobody's, the outcomes were told before
 * @param from the first item
 * @param count how many
 */
record Slice(@Nullable Entry entry, int from, int count) {}
