package offspring.benchmarks.compare;

import java.time.Duration;

/**
 * How much time a comparison takes.
 *
 * @param rounds turns of each contender in each figure, at least one
 * @param turn about how long one warm turn lasts
 * @param warmUp how long each contender works before its first warm turn
 */
record Effort(int rounds, Duration turn, Duration warmUp) {}
