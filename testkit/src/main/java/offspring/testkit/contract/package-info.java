/**
 * Contracts, each written once and run on every implementation: an abstract test class over a few methods that make and
 * read its subject. Tests of threads extend them in the testkit, tests of processes in their own module.
 */
package offspring.testkit.contract;
