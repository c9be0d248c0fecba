/** The download of flags: many slow and unreliable requests at a time, every one of them accounted for. */
package offspring.examples.flags;
