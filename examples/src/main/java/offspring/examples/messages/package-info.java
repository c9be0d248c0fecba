/** Examples of processes that talk: queues and pipes, and how each side learns that the other has ended. */
package offspring.examples.messages;
