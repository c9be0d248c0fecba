/**
 * The link between our tests and CPython's own: which of its cases exist, which of ours check them, and the page that says
 * so.
 *
 * <pre>
 *   cpython-cases.tsv ──► Catalogue ──┐
 *   cpython-plan.tsv  ──►             ├──► ConformancePage ──► docs/conformance.md
 *   {@literal @}FromCPython in test classes ──► Coverage ──┘
 * </pre>
 */
package offspring.testkit.conformance;
