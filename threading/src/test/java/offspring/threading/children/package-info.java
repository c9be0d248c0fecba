/** Programs that tests run in a JVM of their own. Each does one thing and says on its standard output how it went. */
package offspring.threading.children;
