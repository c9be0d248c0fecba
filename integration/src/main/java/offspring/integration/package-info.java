/** A small application that uses processes as users do; the integration tests start it in all the ways that users start theirs. */
package offspring.integration;
