/** A console messenger over TCP: server, client, and both in one. */
package offspring.examples.chat;
