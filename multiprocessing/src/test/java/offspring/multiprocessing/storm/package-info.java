/**
 * Programs that kill processes again and again and look whether the promises hold. The tests run them for a few seconds; the module
 * {@code stress} runs them for minutes.
 */
package offspring.multiprocessing.storm;
