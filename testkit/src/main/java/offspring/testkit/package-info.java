/**
 * What the tests of all modules share: deadlines, leak checks, contracts, and the link to CPython's own test suite.
 *
 * <pre>
 *   Deadlines    wait for a state, never for luck        Crew         threads of a test, joined, their failures raised
 *   LeakCheck    no thread, no exception left behind     StackDump    what a wedged test shows
 *   FromCPython  the case of CPython's suite             contract.*   one contract, many implementations
 * </pre>
 */
package offspring.testkit;
