/** What every pool and every executor has to do; the tests of each engine extend these classes. */
package offspring.futures.contract;
