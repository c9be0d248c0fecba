/** What a pool tells of itself: how it is, where time went, what a call has failed with and how sure that is, and how a worker died. */
package offspring.multiprocessing.internal.pool.facts;
