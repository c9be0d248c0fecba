/** Faults on purpose: each class here breaks one rule of the house, so that the rules themselves can be tested. */
package planted;
