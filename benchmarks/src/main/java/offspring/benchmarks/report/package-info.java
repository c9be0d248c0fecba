/**
 * The published report: measures, keeps the figures as JSON, and draws pages from them.
 *
 * <pre>
 *   compare's rows              ─┐                                        ┌─► README.md   (Page)
 *   offspring.benchmarks.curves ─┼─► Report ─► results.json ─► Report ─► Pages
 *   offspring.benchmarks.jmh    ─┘                                        └─► *.png       (Charts)
 * </pre>
 *
 * <p>Whatever the pages show is in {@code results.json}; {@code redraw} makes the same pages from it without measuring.
 */
package offspring.benchmarks.report;
