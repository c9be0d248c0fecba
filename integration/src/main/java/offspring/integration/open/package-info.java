/** Work from a package that its module opens to the library, where lambdas and records travel without an object stream. */
package offspring.integration.open;
