/**
 * What the tests of all modules share: deadlines, leak checks, contracts, and the link to CPython's own test suite.
 */
package offspring.testkit;
